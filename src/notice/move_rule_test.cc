#include "notice/move_rule.h"

#include <cmath>

#include <gtest/gtest.h>

namespace renown::notice {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;

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
}  // namespace renown::notice
