#include "webhook/schedule.h"

#include <gtest/gtest.h>

namespace renown::webhook {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;

TEST(Schedule, tries_ten_times_in_three_days) {
  std::int64_t now = kNow;
  for (int attempt = 1; attempt <= 9; ++attempt) {
    const Judgement judgement = judge(attempt, 500, {}, now, 0);
    ASSERT_EQ(judgement.verdict, Verdict::again);
    EXPECT_EQ(judgement.next - now, kWaitSeconds[static_cast<std::size_t>(attempt - 1)]);
    now = judgement.next;
  }
  EXPECT_EQ(now - kNow, 272'105) << "75:35:05, as the standard's table has it";
  EXPECT_EQ(judge(10, 500, {}, now, 0).verdict, Verdict::given_up);
  EXPECT_EQ(judge(11, 500, {}, now, 0).verdict, Verdict::given_up);
}

struct Case {
  const char* name;
  int status;
  std::optional<std::int64_t> retry_after;
  Verdict verdict;
  std::int64_t wait;
  bool slow_down;
};

TEST(Schedule, goes_by_the_status) {
  const Case cases[] = {
      {"taken", 200, {}, Verdict::delivered, 0, false},
      {"taken, nothing to say", 204, {}, Verdict::delivered, 0, false},
      {"the last of the good ones", 299, {}, Verdict::delivered, 0, false},
      {"no answer", 0, {}, Verdict::again, 5, false},
      {"a redirect", 302, {}, Verdict::again, 5, false},
      {"a mistake", 404, {}, Verdict::again, 5, false},
      {"gone", 410, {}, Verdict::gone, 0, false},
      {"too many", 429, {}, Verdict::again, 5, true},
      {"too many, with a time", 429, kNow + 600, Verdict::again, 600, true},
      {"down, with a time in the past", 503, kNow - 600, Verdict::again, 5, true},
      {"with an absurd time", 503, kNow + 9'999'999, Verdict::again, 86'400, true},
      {"a bad gateway", 502, {}, Verdict::again, 5, true},
      {"below the good ones", 199, {}, Verdict::again, 5, false},
  };
  for (const Case& one : cases) {
    const Judgement judgement = judge(1, one.status, one.retry_after, kNow, 0);
    EXPECT_EQ(judgement.verdict, one.verdict) << one.name;
    EXPECT_EQ(judgement.next, one.verdict == Verdict::again ? kNow + one.wait : 0) << one.name;
    EXPECT_EQ(judgement.slow_down, one.slow_down) << one.name;
  }
}

TEST(Schedule, spreads_by_chance_and_never_comes_early) {
  for (const double chance : {0.0, 0.5, 0.999}) {
    const std::int64_t wait = judge(3, 500, {}, kNow, chance).next - kNow;
    EXPECT_EQ(wait, static_cast<std::int64_t>(1800 * (1 + 0.2 * chance)));
  }
}

}  // namespace
}  // namespace renown::webhook
