#include "push/pusher.h"

#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/encoding.h"
#include "io/testing.h"
#include "net/hostile_urls.h"
#include "net/transport.h"

namespace renown::push {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;
constexpr std::int64_t kHazel = 12, kMax = 13;

/// A push service that answers with the status that stands in the path: https://push.example/201.
class Service final : public net::Transport {
 public:
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override {
    std::vector<net::Fetched> answers;
    for (const net::Request& request : requests) {
      asked.push_back(request);
      const int status = std::stoi(request.url.substr(request.url.rfind('/') + 1));
      if (status == 0) {
        answers.push_back(std::unexpected(net::Failure{net::FailureKind::timeout, request.url + " did not answer"}));
      } else {
        answers.push_back(net::Response{.status = status});
      }
    }
    return answers;
  }

  std::vector<net::Request> asked;
};

struct World {
  World() : vault(*oauth::TokenVault::open(folder / "tokens", folder / "key")) { reopen(); }

  void reopen() {
    store.reset();
    auto opened = PushStore::open(*store::Database::open_for_writing(path()), vault);
    if (!opened) throw std::runtime_error(opened.error().message);
    store = std::move(*opened);
  }

  std::string path() const { return folder / "service.sqlite"; }

  Result<SubscriptionId> add(std::int64_t person, const std::string& endpoint) {
    return store->add(person, endpoint, public_point, "BTBZMqHH6r4Tts7J_aSIgg", guard, kNow);
  }

  PushReport push(std::int64_t person = kHazel) {
    return *Pusher(*store, service, "mailto:op@example.org", base::system_random())
                .push(person, {"Title", "Body", "/"}, "score", kNow);
  }

  std::string all_bytes() const {
    std::string bytes;
    for (const char* ending : {"", "-wal", "-shm"}) bytes += io::testing::read_file(path() + ending);
    return bytes;
  }

  io::testing::TemporaryFolder folder;
  oauth::TokenVault vault;
  std::string public_point = base::base64url(std::string_view(oauth::P256Key::generate().point()));
  net::AddressGuard guard = *net::AddressGuard::allowing({"push.example:443"});
  std::unique_ptr<PushStore> store;
  Service service;
};

TEST(Push, goes_to_each_browser_of_the_person_and_to_nobody_else) {
  World world;
  ASSERT_TRUE(world.add(kHazel, "https://push.example/a/201"));
  ASSERT_TRUE(world.add(kHazel, "https://push.example/b/202"));
  ASSERT_TRUE(world.add(kMax, "https://push.example/c/201"));
  const PushReport report = world.push();
  EXPECT_EQ(report.sent, 2);
  EXPECT_TRUE(report.problems.empty());
  ASSERT_EQ(world.service.asked.size(), 2U);
  const net::Request& request = world.service.asked[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.headers.find("TTL"), "86400");
  EXPECT_EQ(request.headers.find("Topic"), "score");
  EXPECT_EQ(request.headers.find("Content-Encoding"), "aes128gcm");
  EXPECT_TRUE(request.headers.find("Authorization")->starts_with("vapid t="));
  EXPECT_EQ(request.body.find("Title"), std::string::npos) << "the push service reads nothing";
  EXPECT_NE(request.body.substr(0, 86), world.service.asked[1].body.substr(0, 86)) << "salt and key are each its own";
}

TEST(Push, forgets_browsers_that_are_no_more) {
  World world;
  for (const char* code : {"404", "410", "429", "500", "0", "201", "301"})
    ASSERT_TRUE(world.add(kHazel, fmt::format("https://push.example/secret-path/{}", code)));
  const PushReport report = world.push();
  EXPECT_EQ(report.sent, 1);
  EXPECT_EQ(report.removed, 2);
  ASSERT_EQ(report.problems.size(), 4U);
  for (const std::string& problem : report.problems)
    EXPECT_EQ(problem.find("secret-path"), std::string::npos) << problem;
  EXPECT_EQ(world.store->subscriptions(kHazel)->size(), 5U);
}

TEST(Subscriptions, are_one_a_browser) {
  World world;
  ASSERT_TRUE(world.add(kHazel, "https://push.example/a/201"));
  ASSERT_TRUE(world.add(kHazel, "https://push.example/a/201"));
  EXPECT_EQ(world.store->subscriptions(kHazel)->size(), 1U);
  ASSERT_TRUE(world.add(kMax, "https://push.example/a/201"));
  EXPECT_TRUE(world.store->subscriptions(kHazel)->empty()) << "somebody else is at that browser now";
  const SubscriptionId id = world.store->subscriptions(kMax)->at(0).id;
  EXPECT_EQ(world.store->remove(kHazel, id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(world.store->remove(kMax, id));
  for (int i = 0; i < 25; ++i) ASSERT_TRUE(world.add(kHazel, fmt::format("https://push.example/{}/201", i)));
  const auto kept = *world.store->subscriptions(kHazel);
  ASSERT_EQ(kept.size(), 20U);
  EXPECT_EQ(kept[0].endpoint, "https://push.example/5/201");
}

TEST(Subscriptions, never_lead_into_this_network) {
  World world;
  world.guard = {};
  for (const std::string& url : net::test::hostile_urls(8443)) {
    EXPECT_FALSE(world.add(kHazel, url)) << url;
    if (!url.starts_with("http://")) continue;
    EXPECT_FALSE(world.add(kHazel, "https" + url.substr(4))) << url;
  }
  EXPECT_TRUE(world.store->subscriptions(kHazel)->empty());
}

TEST(Subscriptions, with_keys_that_are_none_are_refused) {
  World world;
  std::string off_the_curve = oauth::P256Key::generate().point();
  off_the_curve[40] = static_cast<char>(off_the_curve[40] ^ 1);
  world.public_point = base::base64url(std::string_view(off_the_curve));
  EXPECT_FALSE(world.add(kHazel, "https://push.example/a/201"));
}

TEST(PushStore, keeps_its_key_and_shows_neither_it_nor_endpoints) {
  World world;
  const std::string point = world.store->key().point();
  const std::string number = world.store->key().text();
  ASSERT_TRUE(world.add(kHazel, "https://push.example/unmistakable/201"));
  world.reopen();
  EXPECT_EQ(world.store->key().point(), point);
  EXPECT_EQ(world.store->subscriptions(kHazel)->at(0).endpoint, "https://push.example/unmistakable/201");
  const std::string bytes = world.all_bytes();
  for (const std::string& secret : {std::string("unmistakable"), std::string("BTBZMqHH6r4Tts7J_aSIgg"), number})
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
}

TEST(PushStore, forgets_an_erased_person) {
  World world;
  ASSERT_TRUE(world.add(kHazel, "https://push.example/a/201"));
  auto database = *store::Database::open_for_reading(world.path());
  const auto sealed = [&database] {
    auto rows = *database.query("SELECT sealed FROM push_subscriptions");
    return *rows.next() ? std::string(rows.text(0)) : std::string();
  };
  const std::string before = sealed();
  ASSERT_NE(world.all_bytes().find(before), std::string::npos);
  ASSERT_TRUE(world.store->erase(kHazel));
  EXPECT_EQ(sealed(), "");
  EXPECT_EQ(world.all_bytes().find(before), std::string::npos);
}

}  // namespace
}  // namespace renown::push
