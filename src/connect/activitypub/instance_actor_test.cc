#include "connect/activitypub/instance_actor.h"

#include <gtest/gtest.h>

#include "io/json.h"

namespace renown::connect::activitypub {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;

TEST(InstanceActor, is_described_so_that_its_signatures_can_be_verified) {
  const auto actor = InstanceActor::make("https://Renown.example:443/actor");
  ASSERT_TRUE(actor) << actor.error().message;
  io::JsonParser parser;
  const std::string text = actor_document(*actor);
  const io::JsonValue root = *parser.parse(text);
  EXPECT_EQ(root["id"].text(), "https://renown.example/actor") << "in one spelling";
  EXPECT_EQ(root["type"].text(), "Application");
  EXPECT_EQ(root["inbox"].text(), "https://renown.example/actor/inbox");
  EXPECT_EQ(root["publicKey"]["id"].text(), "https://renown.example/actor#main-key");
  EXPECT_EQ(root["publicKey"]["owner"].text(), root["id"].text());
  EXPECT_EQ(text.find("PRIVATE"), std::string::npos);

  net::Request request{.url = "https://a.example/users/ann?page=1"};
  ASSERT_TRUE(actor->key().sign(request, kNow));
  const std::string pem(root["publicKey"]["publicKeyPem"].text());
  const auto verified = verify_signature({"GET", "/users/ann?page=1", request.headers, ""}, pem, kNow);
  EXPECT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(*signing_key_id(request.headers), root["publicKey"]["id"].text());
}

TEST(InstanceActor, is_looked_up_by_a_name_of_its_host) {
  const auto actor = InstanceActor::make("http://127.0.0.1:8080/actor");
  ASSERT_TRUE(actor);
  EXPECT_EQ(actor_handle(*actor), "acct:renown@127.0.0.1:8080");
  io::JsonParser parser;
  const std::string text = actor_webfinger(*actor);
  const io::JsonValue root = *parser.parse(text);
  EXPECT_EQ(root["subject"].text(), actor_handle(*actor));
  for (const io::JsonValue link : root["links"].elements()) EXPECT_EQ(link["href"].text(), actor->address());
  EXPECT_EQ(actor_handle(*InstanceActor::make("https://renown.example/a")), "acct:renown@renown.example");
}

TEST(InstanceActor, is_kept_and_moved_with_its_key) {
  const auto actor = InstanceActor::make("https://renown.example/actor");
  const auto kept = InstanceActor::from_text(actor->text());
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(actor_document(*kept), actor_document(*actor));
  const auto moved = kept->moved_to("https://other.example/me");
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->key().public_pem(), actor->key().public_pem());
  EXPECT_EQ(moved->key().id(), "https://other.example/me#main-key");
  EXPECT_NE(InstanceActor::make("https://renown.example/actor")->key().public_pem(), actor->key().public_pem());
}

TEST(InstanceActor, has_an_address_that_others_can_ask) {
  for (const char* address : {"", "renown.example/actor", "http://renown.example/actor", "https://a.example/actor#x",
                              "https://a.example/actor?x=1", "ftp://a.example/", "https://u:p@a.example/"}) {
    const auto actor = InstanceActor::make(address);
    ASSERT_FALSE(actor) << address;
    EXPECT_EQ(actor.error().code, ErrorCode::usage);
  }
  for (const char* text : {"", "{}", R"({"address":"https://a.example/actor","pem":"x"})"}) {
    const auto actor = InstanceActor::from_text(text);
    ASSERT_FALSE(actor) << text;
    EXPECT_EQ(actor.error().code, ErrorCode::bad_input);
  }
}

}  // namespace
}  // namespace renown::connect::activitypub
