#include "score/points.h"

#include <algorithm>

#include "base/math.h"

namespace renown::score {

Scale::Scale(const ScoreModel& model)
    : unit_(model.scale_unit), top_log_(base::log1p(model.scale_top / model.scale_unit)) {}

double Scale::points(double raw) const {
  return at_log(base::log1p(raw / unit_));
}

void Scale::points(std::span<double> raws) const {
  for (double& raw : raws) raw /= unit_;
  base::log1p(raws);
  for (double& log : raws) log = at_log(log);
}

double Scale::at_log(double log) const {
  return std::clamp(1.0 + 99.0 * log / top_log_, 1.0, 100.0);
}

}  // namespace renown::score
