#include "score/standing.h"

#include <algorithm>

namespace renown::score {

double standing_factor(const ScoreModel& model, const Scale& scale, double vouched_round_one, double gift) {
  const double by_others = std::max(0.0, vouched_round_one - gift);  // a sum less one of its terms may round below 0
  return 1.0 + model.standing_weight * scale.points(by_others) / 100.0;
}

}  // namespace renown::score
