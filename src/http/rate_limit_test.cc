#include "http/rate_limit.h"

#include <gtest/gtest.h>

namespace renown::http {
namespace {

constexpr std::uint64_t kSeed = 7;

TEST(RateLimit, ABucketEmptiesAndFillsUpEvenly) {
  RateLimiter limiter({.name = "key", .quota = 3, .window_seconds = 30}, kSeed);
  for (int left = 2; left >= 0; --left) {
    const RateVerdict verdict = limiter.take("a", 100);
    EXPECT_TRUE(verdict.is_allowed);
    EXPECT_EQ(verdict.remaining, left);
  }
  const RateVerdict refused = limiter.take("a", 104);
  EXPECT_FALSE(refused.is_allowed);
  EXPECT_DOUBLE_EQ(refused.retry_after_seconds, 6);
  EXPECT_DOUBLE_EQ(refused.full_in_seconds, 26);
  EXPECT_TRUE(limiter.take("b", 104).is_allowed) << "another caller";
  EXPECT_FALSE(limiter.take("a", 109.9).is_allowed);
  EXPECT_TRUE(limiter.take("a", 110.1).is_allowed);
  EXPECT_FALSE(limiter.take("a", 50).is_allowed) << "a clock that goes back gives nothing";
  EXPECT_EQ(limiter.take("a", 1'000).remaining, 2) << "never more than the quota";
  EXPECT_FALSE(limiter.take("c", 1'000, 4).is_allowed) << "more than there can be";
}

TEST(RateLimit, MemoryIsBoundedAndNobodyIsForgiven) {
  RateLimiter limiter({.quota = 2, .window_seconds = 10}, kSeed, 100);
  limiter.take("held back", 0);
  EXPECT_TRUE(limiter.take("held back", 0).is_allowed);
  int allowed = 0;
  for (int i = 0; i < 10'000; ++i) allowed += limiter.take("invented " + std::to_string(i), 0).is_allowed ? 1 : 0;
  EXPECT_EQ(limiter.keys(), 100u);
  EXPECT_EQ(allowed, 99 + 2) << "those that have a bucket, and two of the one that all others share";
  EXPECT_FALSE(limiter.take("held back", 0).is_allowed);
  EXPECT_TRUE(limiter.take("later", 100).is_allowed) << "a bucket that is full again makes room";
  EXPECT_EQ(limiter.keys(), 100u);
}

TEST(RateLimit, SaysSoInHeaders) {
  const RatePolicy policy{.name = "key", .quota = 100, .window_seconds = 60};
  const Response response = too_many_requests(
      policy, {.is_allowed = false, .remaining = 0, .full_in_seconds = 59.2, .retry_after_seconds = 0.3});
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.headers.find("RateLimit-Policy"), "\"key\";q=100;w=60");
  EXPECT_EQ(response.headers.find("RateLimit"), "\"key\";r=0;t=60");
  EXPECT_EQ(response.headers.find("Retry-After"), "1");
  EXPECT_NE(response.body.bytes().find("ask again in 1 second"), std::string_view::npos);
}

}  // namespace
}  // namespace renown::http
