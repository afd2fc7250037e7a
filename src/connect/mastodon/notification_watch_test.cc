#include "connect/mastodon/notification_watch.h"

#include <atomic>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "connect/stream_testing.h"

namespace renown::connect::mastodon {
namespace {

using connect::test::Listener;
using connect::test::StreamServer;

constexpr std::string_view kNotification =
    R"({"stream":["user:notification"],"event":"notification","payload":"{\"id\":\"7\",\"type\":\"favourite\"}"})";

/// The interface of a server that says where it streams, or does not know that it should.
class Instance final : public net::Transport {
 public:
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override {
    std::vector<net::Fetched> answers;
    for (const net::Request& request : requests) {
      EXPECT_TRUE(request.url.ends_with("/api/v2/instance")) << request.url;
      net::Response response{.status = status, .url = request.url};
      response.body = R"({"configuration":{"urls":{"streaming":")" + streaming + R"("}}})";
      answers.emplace_back(std::move(response));
    }
    return answers;
  }

  int status = 200;
  std::string streaming;
};

class NotificationWatchTest : public ::testing::Test {
 protected:
  using Opened = std::expected<std::unique_ptr<Watch>, Problem>;

  void serve(StreamServer::Script script) { server_ = std::make_unique<StreamServer>(std::move(script)); }

  Opened open(std::string token = "sesame") {
    Access access = connect::test::access_to(*server_, instance_, 1'800'000'000);
    if (!token.empty()) access.token = [token] { return Result<std::string>(token); };
    return open_watch({.account = {"fediverse", "ann@a.example"},
                       .server = is_elsewhere_ ? "https://a.example" : server_->url(),
                       .settings = {{"notifications", setting_}}},
                      access, {});
  }

  /// Asks until something was heard, for at most some seconds.
  static std::expected<bool, Problem> hear(Watch& watch) {
    for (int looks = 0; looks < 100; ++looks) {
      auto heard = watch.news(std::chrono::milliseconds(100), {});
      if (!heard || *heard) return heard;
    }
    return false;
  }

  Instance instance_;
  std::unique_ptr<StreamServer> server_;
  bool is_elsewhere_ = false;
  std::string setting_ = "yes";
};

TEST_F(NotificationWatchTest, hears_of_a_notification_and_of_nothing_else) {
  std::atomic<int> step{0};
  std::string authorization;
  serve([&](Listener& listener) {
    authorization = listener.authorization;
    listener.send(R"({"stream":["user"],"event":"filters_changed"})", true);
    step = 1;
    while (step != 2) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    for (int i = 0; i < 3; ++i) listener.send(kNotification, true);
    listener.stay();
  });
  auto watch = open();
  ASSERT_TRUE(watch) << watch.error().sentence;
  while (step != 1) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_FALSE(*(*watch)->news(std::chrono::milliseconds(300), {}));
  step = 2;
  const auto heard = hear(**watch);
  ASSERT_TRUE(heard) << heard.error().sentence;
  EXPECT_TRUE(*heard);
  EXPECT_EQ(authorization, "Bearer sesame");
  EXPECT_EQ(server_->targets(), (std::vector<std::string>{"/api/v1/streaming?stream=user:notification"}));
}

TEST_F(NotificationWatchTest, streams_where_the_server_says) {
  serve([](Listener& listener) { listener.stay(); });
  instance_.streaming = "ws://" + server_->at();
  EXPECT_TRUE(open());
  instance_.status = 404;  // before 4.0
  instance_.streaming = "ws://elsewhere.example";
  EXPECT_TRUE(open());
  EXPECT_EQ(server_->targets().size(), 2U);
}

TEST_F(NotificationWatchTest, the_token_goes_to_the_server_and_its_parts_alone) {
  serve([](Listener&) {});
  is_elsewhere_ = true;
  for (const char* streaming :
       {"wss://evil.example", "wss://a.example.evil.example", "ws://a.example", "wss://streaming-a.example"}) {
    instance_.streaming = streaming;
    const auto watch = open();
    ASSERT_FALSE(watch) << streaming;
    EXPECT_EQ(watch.error().kind, ProblemKind::refused) << streaming << ": " << watch.error().sentence;
    EXPECT_NE(watch.error().sentence.find("gets no token"), std::string::npos) << watch.error().sentence;
  }
  EXPECT_TRUE(server_->targets().empty());
}

TEST_F(NotificationWatchTest, there_is_none_without_token_or_notifications) {
  serve([](Listener&) {});
  EXPECT_EQ(*open(""), nullptr);
  setting_ = "no";
  EXPECT_EQ(*open(), nullptr);
  EXPECT_TRUE(server_->targets().empty());
}

TEST_F(NotificationWatchTest, says_why_it_ended) {
  const struct {
    std::string message;
    ProblemKind kind;
  } kTable[] = {{R"({"error":"Access token is invalid","status":401})", ProblemKind::unauthorized},
                {R"({"error":"Unknown stream type","status":400})", ProblemKind::unavailable},
                {"[]", ProblemKind::malformed},
                {"hello", ProblemKind::malformed},
                {"", ProblemKind::unavailable}};  // it closes the stream
  for (const auto& [message, kind] : kTable) {
    serve([&](Listener& listener) {
      if (message.empty()) return;
      listener.send(message, true);
      listener.stay();
    });
    auto watch = open();
    ASSERT_TRUE(watch) << watch.error().sentence;
    const auto heard = hear(**watch);
    ASSERT_FALSE(heard) << message;
    EXPECT_EQ(heard.error().kind, kind) << heard.error().sentence;
    watch->reset();
  }
}

TEST_F(NotificationWatchTest, a_server_that_is_not_there_is_a_problem) {
  serve([](Listener&) {});
  instance_.status = 503;
  EXPECT_EQ(open().error().kind, ProblemKind::unavailable);
  instance_.status = 200;
  instance_.streaming = "wss://[";
  EXPECT_EQ(open().error().kind, ProblemKind::malformed);
}

}  // namespace
}  // namespace renown::connect::mastodon
