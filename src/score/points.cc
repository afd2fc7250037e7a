#include "score/points.h"

#include <algorithm>

#include "base/math.h"

namespace renown::score {

Scale::Scale(const ScoreModel& model)
    : unit_(model.scale_unit), top_log_(base::log1p(model.scale_top / model.scale_unit)) {}

double Scale::points(double raw) const {
  return std::clamp(1.0 + 99.0 * base::log1p(raw / unit_) / top_log_, 1.0, 100.0);
}

}  // namespace renown::score
