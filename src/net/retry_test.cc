#include "net/retry.h"

#include <deque>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "net/fake_pacer.h"
#include "net/fetch_testing.h"

namespace renown::net {
namespace {

using test::Connection;
using test::FakePacer;
using test::kind;
using test::reply;
using test::Seen;
using test::TestServer;

/// A server that gives its answers one after the other, the last one for ever, a fetcher that may reach it, and a
/// Retrier whose clock stands still.
class RetryTest : public ::testing::Test {
 protected:
  void serve(std::deque<std::string> answers) {
    server_ = std::make_unique<TestServer>([answers = std::move(answers)](const Seen&, Connection& connection) mutable {
      const std::string answer = answers.front();
      if (answers.size() > 1) answers.pop_front();
      if (answer == "reset") return connection.reset();
      connection.send(answer);
    });
    FetchOptions options = test::allowing({server_->at()});
    options.limits.at_once = 1;  // one after the other, so that the answers are
    fetcher_ = std::make_unique<Fetcher>(std::move(options));
    retrier_ = std::make_unique<Retrier>(*fetcher_, pacer_);
  }
  Fetched fetch(std::string method = "GET") {
    return retrier_->fetch({.method = std::move(method), .url = server_->url("/a")});
  }
  std::size_t asked() const { return server_->seen().size(); }

  FakePacer pacer_;
  std::unique_ptr<TestServer> server_;
  std::unique_ptr<Fetcher> fetcher_;
  std::unique_ptr<Retrier> retrier_;
};

const std::string kOk = reply("ok");
std::string limited(std::string_view headers) {
  return reply("", headers, "429 Too Many Requests");
}

TEST_F(RetryTest, waits_longer_each_time_and_gives_up_with_the_last_answer) {
  serve({reply("", "", "503 Busy")});
  const auto fetched = fetch();
  ASSERT_TRUE(fetched);
  EXPECT_EQ(fetched->status, 503);
  EXPECT_EQ(asked(), 4U);
  EXPECT_EQ(pacer_.waits, (std::vector<double>{0.5, 1, 2})) << "half of 1, 2 and 4 seconds, for chance is a half";
}

TEST_F(RetryTest, asks_again_where_it_may_help) {
  for (const std::string& first :
       {reply("", "", "502 X"), reply("", "", "503 X"), reply("", "", "504 X"), limited(""), std::string("reset")}) {
    serve({first, kOk});
    const auto fetched = fetch();
    ASSERT_TRUE(fetched) << first;
    EXPECT_EQ(fetched->body, "ok") << first;
    EXPECT_EQ(asked(), 2U);
  }
}

TEST_F(RetryTest, does_not_ask_again_where_it_would_not_help) {
  for (const char* status : {"200 OK", "400 X", "401 X", "403 X", "404 X", "410 X", "500 X", "501 X"}) {
    serve({reply("", "", status), kOk});
    EXPECT_TRUE(fetch());
    EXPECT_EQ(asked(), 1U) << status;
  }
  EXPECT_TRUE(pacer_.waits.empty());
}

TEST_F(RetryTest, does_not_send_a_post_twice_that_may_have_been_heard) {
  serve({"reset", kOk});
  EXPECT_EQ(kind(fetch("POST")), FailureKind::reset);
  serve({reply("", "", "502 X"), kOk});
  EXPECT_EQ(fetch("POST")->status, 502);
  serve({limited(""), kOk});
  EXPECT_EQ(fetch("POST")->status, 200) << "which was not done";
}

TEST_F(RetryTest, waits_as_long_as_it_is_told) {
  serve({limited("Retry-After: 17\r\n"), kOk});
  EXPECT_EQ(fetch()->status, 200);
  EXPECT_EQ(pacer_.waits, std::vector<double>{17});
  serve({reply("", "Retry-After: Fri, 15 Jan 2027 08:01:00 GMT\r\n", "503 X"), kOk});
  pacer_.time = 1'800'000'000;
  EXPECT_EQ(fetch()->status, 200);
  EXPECT_EQ(pacer_.waits.back(), 60);
  serve({reply("", "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 1800000010\r\n", "403 Forbidden"), kOk});
  pacer_.time = 1'800'000'000;
  EXPECT_EQ(fetch()->status, 200) << "GitHub says 403";
  EXPECT_EQ(pacer_.waits.back(), 10);
}

TEST_F(RetryTest, says_when_to_try_again_instead_of_waiting_long) {
  serve({limited("Retry-After: 3600\r\n")});
  const auto fetched = fetch();
  EXPECT_EQ(kind(fetched), FailureKind::try_later);
  EXPECT_EQ(fetched.error().retry_at, 1'800'003'600);
  EXPECT_EQ(fetched.error().message,
            server_->url("/a") + " takes no more requests for now; try again at 2027-01-15T09:00:00Z");
  EXPECT_EQ(asked(), 1U);
  EXPECT_TRUE(pacer_.waits.empty());
}

TEST_F(RetryTest, does_not_ask_while_nothing_remains) {
  serve({reply("one", "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 1800000030\r\n"), kOk});
  EXPECT_EQ(fetch()->body, "one");
  EXPECT_TRUE(pacer_.waits.empty());
  EXPECT_EQ(fetch()->body, "ok");
  EXPECT_EQ(pacer_.waits, std::vector<double>{30});

  serve({reply("one", "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 1800009000\r\n")});
  EXPECT_EQ(fetch()->body, "one");
  EXPECT_EQ(kind(fetch()), FailureKind::try_later);
  EXPECT_EQ(asked(), 1U) << "the server was not asked at all";
  EXPECT_TRUE(retrier_->fetch({.url = server_->url("/a"), .headers = {{"Authorization", "Bearer other"}}}))
      << "another credential has its own";
}

TEST_F(RetryTest, asks_for_no_more_than_remains) {
  serve({reply("first", "X-RateLimit-Remaining: 2\r\nX-RateLimit-Reset: 1800000020\r\n"), kOk});
  EXPECT_TRUE(fetch());
  const std::vector<Request> requests(5, Request{.url = server_->url("/a")});
  for (const Fetched& fetched : retrier_->fetch_all(requests)) EXPECT_EQ(fetched->body, "ok");
  EXPECT_EQ(asked(), 6U);
  EXPECT_EQ(pacer_.waits, std::vector<double>{20}) << "two at once, three after the reset";
}

TEST_F(RetryTest, stops_while_it_waits) {
  serve({limited("Retry-After: 5\r\n")});
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(kind(retrier_->fetch({.url = server_->url()}, stop.get_token())), FailureKind::cancelled);
}

RC_GTEST_PROP(Backoff, is_spread_between_nothing_and_its_most, ()) {
  const RetryPolicy policy;
  const int attempts = *rc::gen::inRange(1, 2000);
  const double chance = *rc::gen::inRange(0, 1000) / 1000.0;
  const double seconds = backoff_seconds(policy, attempts, chance);
  RC_ASSERT(seconds >= 0 && seconds < policy.most_wait_seconds);
  RC_ASSERT(seconds <= backoff_seconds(policy, attempts + 1, chance));
}

}  // namespace
}  // namespace renown::net
