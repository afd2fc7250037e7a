#include "score/fading.h"

#include "base/math.h"

namespace renown::score {

Fading::Fading(double half_life_days, double window_days)
    : half_life_days_(half_life_days), window_days_(window_days), at_edge_(base::exp2(-window_days / half_life_days)) {}

double Fading::operator()(double age_days) const {
  if (age_days >= window_days_) return 0.0;
  return (base::exp2(-age_days / half_life_days_) - at_edge_) / (1.0 - at_edge_);
}

}  // namespace renown::score
