#include "net/allowance.h"

#include <filesystem>
#include <fstream>
#include <limits>

#include <gtest/gtest.h>

#include "base/time.h"
#include "net/http_date.h"

namespace renown::net {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;

struct Case {
  const char* name;
  Headers headers;
  Allowance wanted;
};

class ReadAllowance : public ::testing::TestWithParam<Case> {};

TEST_P(ReadAllowance, as_the_network_writes_it) {
  EXPECT_EQ(read_allowance(GetParam().headers, kNow), GetParam().wanted);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ReadAllowance,
    ::testing::Values(
        Case{"nothing", {}, {}},
        Case{"github",
             {{"X-RateLimit-Limit", "5000"},
              {"X-RateLimit-Remaining", "4999"},
              {"X-RateLimit-Reset", "1800000123"},
              {"X-RateLimit-Used", "1"}},
             {5000, 4999, 1'800'000'123}},
        Case{"mastodon",
             {{"x-ratelimit-limit", "300"},
              {"x-ratelimit-remaining", "299"},
              {"x-ratelimit-reset", "2027-01-15T08:05:00.621469Z"}},
             {300, 299, 1'800'000'301}},
        Case{"reddit",
             {{"x-ratelimit-remaining", "99.5"}, {"x-ratelimit-used", "1"}, {"x-ratelimit-reset", "287.2"}},
             {std::nullopt, 99, kNow + 288}},
        Case{"reddit_at_its_end",
             {{"x-ratelimit-remaining", "0.5"}, {"x-ratelimit-reset", "0"}},
             {std::nullopt, 0, kNow}},
        Case{"bluesky",
             {{"ratelimit-limit", "3000"},
              {"ratelimit-remaining", "2999"},
              {"ratelimit-reset", "1800000300"},
              {"ratelimit-policy", "3000;w=300"}},
             {3000, 2999, 1'800'000'300}},
        Case{"draft_03",
             {{"RateLimit-Limit", "100, 100;w=60"}, {"RateLimit-Remaining", "0"}, {"RateLimit-Reset", "50"}},
             {100, 0, kNow + 50}},
        Case{"draft_10",
             {{"RateLimit-Policy", "\"default\";q=100;w=60"}, {"RateLimit", "\"default\"; r=50; t=30"}},
             {100, 50, kNow + 30}},
        Case{"draft_10_without_time", {{"RateLimit", "\"default\";r=0"}}, {std::nullopt, 0, std::nullopt}},
        Case{"unreadable_is_unknown",
             {{"X-RateLimit-Limit", "many"}, {"X-RateLimit-Remaining", "-1"}, {"X-RateLimit-Reset", "soon"}},
             {}},
        Case{"absurd_is_unknown",
             {{"X-RateLimit-Remaining", "1e300"}, {"X-RateLimit-Reset", "nan"}, {"X-RateLimit-Limit", ""}},
             {}}),
    [](const auto& one) { return one.param.name; });

TEST(ReadAllowance, of_recorded_mastodon_answers) {
  const char* data = std::getenv("RENOWN_DATA");
  if (data == nullptr) GTEST_SKIP() << "skipped: RENOWN_DATA is not set";
  std::ifstream file(std::filesystem::path(data) / "mastodon-recorded" / "account_followers.yaml");
  if (!file) GTEST_SKIP() << "skipped: no recorded Mastodon answers in RENOWN_DATA";
  Headers headers;
  std::string name, line;
  while (std::getline(file, line)) {
    const std::size_t at = line.find("x-ratelimit-");
    if (at != std::string::npos) name = line.substr(at, line.find(':', at) - at);
    const std::size_t quote = line.find("- '");
    if (name.empty() || quote == std::string::npos) continue;
    headers.add(std::exchange(name, ""), line.substr(quote + 3, line.size() - quote - 4));
  }
  const auto allowance = read_allowance(headers, kNow);
  EXPECT_EQ(allowance.limit, 300);
  ASSERT_TRUE(allowance.remaining && allowance.resets_at);
  EXPECT_LT(*allowance.remaining, 300);
  EXPECT_EQ(base::format_day(*allowance.resets_at), "2026-08-01");
}

TEST(ReadRetryAfter, in_seconds_or_as_a_date) {
  const std::pair<const char*, std::optional<std::int64_t>> cases[] = {{"0", kNow},
                                                                       {"120", kNow + 120},
                                                                       {"1.5", kNow + 2},
                                                                       {"Fri, 15 Jan 2027 08:01:00 GMT", kNow + 60},
                                                                       {"Sun, 06 Nov 1994 08:49:37 GMT", kNow},
                                                                       {"", std::nullopt},
                                                                       {"-5", std::nullopt},
                                                                       {"tomorrow", std::nullopt},
                                                                       {"99999999999999999999", std::nullopt},
                                                                       {"10 ", std::nullopt}};
  for (const auto& [value, wanted] : cases) {
    EXPECT_EQ(read_retry_after({{"Retry-After", value}}, kNow), wanted) << value;
  }
  EXPECT_EQ(read_retry_after({}, kNow), std::nullopt);
}

TEST(ParseHttpDate, in_its_three_forms) {
  const std::pair<const char*, std::optional<std::int64_t>> cases[] = {
      {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},     {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777},
      {"Sun Nov  6 08:49:37 1994", 784111777},          {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
      {"Thursday, 01-Jan-69 00:00:00 GMT", 3124224000}, {"Tue, 29 Feb 2000 12:00:00 GMT", 951825600},
      {"Sun, 31 Dec 2016 23:59:60 GMT", 1483228800},    {"", std::nullopt},
      {"Mon, 29 Feb 2001 12:00:00 GMT", std::nullopt},  {"Sun, 06 Nov 1994 24:00:00 GMT", std::nullopt},
      {"Sun, 06 Nov 1994 08:49:37 PST", std::nullopt},  {"Sun, 6 Nov 1994 08:49:37 GMT", std::nullopt},
      {"Sun, 06 Foo 1994 08:49:37 GMT", std::nullopt},  {"1994-11-06T08:49:37Z", std::nullopt},
      {"Sun, 06 Nov 1994 8:49:37 GMT", std::nullopt}};
  for (const auto& [text, wanted] : cases) EXPECT_EQ(parse_http_date(text), wanted) << text;
  for (const std::int64_t time : {std::int64_t{0}, std::int64_t{784'111'777}, std::int64_t{253'402'300'799}}) {
    EXPECT_EQ(parse_http_date(http_date(time)), time);
  }
  EXPECT_EQ(http_date(784'111'777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace renown::net
