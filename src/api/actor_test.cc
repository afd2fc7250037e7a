#include "api/actor.h"

#include <gtest/gtest.h>

#include "http/service.h"
#include "io/json.h"
#include "io/testing.h"
#include "log/interaction_log.h"

namespace renown::api {
namespace {

class ActorTest : public ::testing::Test {
 protected:
  ActorTest() { EXPECT_TRUE(log::InteractionLog::create(folder_, log::TombstoneKey::random())); }

  std::optional<connect::activitypub::InstanceActor> at(const std::string& public_url) {
    auto actor = actor_at(public_url, folder_, scratch_ / "token.key");
    EXPECT_TRUE(actor) << (actor ? "" : actor.error().message);
    return actor ? std::move(*actor) : std::nullopt;
  }

  io::testing::TemporaryFolder scratch_;
  std::string folder_ = scratch_ / "data";
};

TEST_F(ActorTest, IsMadeOnceAndStaysTheSame) {
  const auto first = at("https://renown.example");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->address(), "https://renown.example/actor");
  EXPECT_EQ(at("https://renown.example")->text(), first->text());
}

TEST_F(ActorTest, OfAnotherAddressIsLeftWhereItIs) {
  const auto first = at("https://renown.example");
  EXPECT_FALSE(at("https://moved.example"));
  EXPECT_EQ(at("https://renown.example")->text(), first->text());
}

TEST_F(ActorTest, NeedsAnAddressThatCanBeLookedUp) {
  for (const char* url : {"", "http://127.0.0.1:8080", "http://renown.example", "ftp://renown.example"})
    EXPECT_FALSE(at(url)) << url;
  EXPECT_TRUE(at("https://renown.example")) << "what was asked before is in nobody's way";
}

TEST_F(ActorTest, IsServedWithItsWebfingerAndWithoutItsPrivateKey) {
  const auto actor = at("https://renown.example");
  http::Service service(*http::Router::make(actor_routes(*actor)), {});
  const auto ask = [&](std::string path, std::string query) {
    http::Request request{.method = "GET", .path = std::move(path), .query = std::move(query)};
    const auto admission = service.admit(request, {});
    return admission.refusal ? *admission.refusal : service.answer(request, *admission.route);
  };
  const auto document = ask("/actor", "");
  EXPECT_EQ(document.status, 200);
  EXPECT_EQ(document.content_type, connect::activitypub::kActorType);
  io::JsonParser parser;
  const auto root = parser.parse(document.body.bytes());
  ASSERT_TRUE(root);
  EXPECT_EQ((*root)["id"].text(), "https://renown.example/actor");
  EXPECT_NE((*root).find({"publicKey", "publicKeyPem"}).text().find("BEGIN PUBLIC KEY"), std::string_view::npos);
  EXPECT_EQ(document.body.bytes().find("PRIVATE"), std::string_view::npos);

  EXPECT_EQ(ask("/.well-known/webfinger", "resource=acct:renown@renown.example").status, 200);
  EXPECT_EQ(ask("/.well-known/webfinger", "resource=https://renown.example/actor").status, 200);
  EXPECT_EQ(ask("/.well-known/webfinger", "resource=acct:ada@renown.example").status, 404);
  EXPECT_EQ(ask("/.well-known/webfinger", "").status, 404);
}

}  // namespace
}  // namespace renown::api
