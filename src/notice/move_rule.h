/// When a score has moved enough to tell somebody. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace renown::notice {

/// What somebody was told last: an endpoint, a browser, a reader of letters.
struct LastTold {
  double score = 0;
  std::string model;
  std::int64_t as_of = 0;  ///< unix seconds
  int direction = 0;       ///< of the last move: 1 up, -1 down, 0 none yet
};

struct ScoreNow {
  double score = 0;  ///< 1 to 100
  std::string model;
  std::int64_t as_of = 0;
};

/// Turning back must be worth so much more than going on: a score that swings by just the threshold is told once, not
/// each day.
inline constexpr double kTurnRatio = 1.5;

enum class Told : std::uint8_t {
  nothing,    ///< not far enough, or older than what was told
  beginning,  ///< what later scores are compared with; nobody is told
  moved,      ///< score.moved
};

/// The first score is a beginning, and so is the first one under another model: points of two models do not compare.
/// The same score again, or an older one, changes nothing: so may be told as often as one likes.
///
/// threshold  points, > 0
Told judge_move(const std::optional<LastTold>& last, const ScoreNow& now, double threshold);

}  // namespace renown::notice
