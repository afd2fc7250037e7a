/// The two rules of webhooks that know neither store nor network: when to try again, and what is worth telling.
#include <cmath>

#include <gtest/gtest.h>

#include "webhook/move_rule.h"
#include "webhook/schedule.h"

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

LastTold told(double score, int direction = 0) {
  return {.score = score, .model = "m", .as_of = kNow, .direction = direction};
}

ScoreNow later(double score, const char* model = "m", std::int64_t as_of = kNow + 1) {
  return {.score = score, .model = model, .as_of = as_of};
}

struct MoveCase {
  const char* name;
  std::optional<LastTold> last;
  ScoreNow now;
  double threshold;
  Told wanted;
};

TEST(MoveRule, tells_what_has_moved_far_enough) {
  const MoveCase cases[] = {
      {"the first score", {}, later(50), 1, Told::beginning},
      {"no change", told(50), later(50), 1, Told::nothing},
      {"just below", told(50), later(50.999), 1, Told::nothing},
      {"just the threshold", told(50), later(51), 1, Told::moved},
      {"down", told(50), later(49), 1, Told::moved},
      {"on in the same direction", told(50, 1), later(51), 1, Told::moved},
      {"back by the threshold", told(50, 1), later(49), 1, Told::nothing},
      {"back by half more", told(50, 1), later(48.5), 1, Told::moved},
      {"up again by the threshold", told(50, -1), later(51), 1, Told::nothing},
      {"another model", told(50), later(90, "n"), 1, Told::beginning},
      {"the same moment again", told(50), later(90, "m", kNow), 1, Told::nothing},
      {"an older score", told(50), later(90, "m", kNow - 1), 1, Told::nothing},
      {"an older score of another model", told(50), later(90, "n", kNow - 1), 1, Told::nothing},
      {"no number", told(50), later(std::nan("")), 1, Told::nothing},
  };
  for (const MoveCase& one : cases) EXPECT_EQ(judge_move(one.last, one.now, one.threshold), one.wanted) << one.name;
}

TEST(MoveRule, a_swinging_score_is_told_once) {
  LastTold last = told(50);
  int moved = 0;
  for (int day = 1; day <= 365; ++day) {
    const ScoreNow now = later(day % 2 == 1 ? 51.2 : 50, "m", kNow + day);
    if (judge_move(last, now, 1) != Told::moved) continue;
    ++moved;
    last = {.score = now.score, .model = now.model, .as_of = now.as_of, .direction = now.score > last.score ? 1 : -1};
  }
  EXPECT_EQ(moved, 1);
}

}  // namespace
}  // namespace renown::webhook
