#include "score/fading.h"

#include "base/math.h"

namespace renown::score {

Fading::Fading(double half_life_days, double window_days)
    : half_life_days_(half_life_days), window_days_(window_days), at_edge_(base::exp2(-window_days / half_life_days)) {}

double Fading::operator()(double age_days) const {
  if (age_days >= window_days_) return 0.0;
  return (base::exp2(-age_days / half_life_days_) - at_edge_) / (1.0 - at_edge_);
}

void Fading::operator()(const base::Batch& age_days, base::Batch& faded) const {
  base::Batch half_lives;
  for (std::size_t i = 0; i < base::kBatch; ++i) half_lives[i] = -age_days[i] / half_life_days_;
  base::exp2(half_lives, faded);
  for (std::size_t i = 0; i < base::kBatch; ++i) {
    const double inside = (faded[i] - at_edge_) / (1.0 - at_edge_);
    faded[i] = age_days[i] >= window_days_ ? 0.0 : inside;
  }
}

}  // namespace renown::score
