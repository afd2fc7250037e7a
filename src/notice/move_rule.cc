#include "notice/move_rule.h"

#include <cmath>

namespace renown::notice {

Told judge_move(const std::optional<LastTold>& last, const ScoreNow& now, double threshold) {
  if (!std::isfinite(now.score)) return Told::nothing;
  if (!last) return Told::beginning;
  if (now.as_of <= last->as_of) return Told::nothing;
  if (now.model != last->model) return Told::beginning;
  const double move = now.score - last->score;
  const bool turns = move * last->direction < 0;
  return std::abs(move) >= threshold * (turns ? kTurnRatio : 1) ? Told::moved : Told::nothing;
}

}  // namespace renown::notice
