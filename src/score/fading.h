/// Fading: how much of an act is left after some time (docs/scoring/fading.md).
#pragma once

#include "base/math.h"

namespace renown::score {

/// f(age, h) = (2^(-age/h) - 2^(-W/h)) / (1 - 2^(-W/h)): 1 at age 0, halved about every h days, exactly 0 from the
/// window's edge on and continuous there, so that nobody falls by a step when an old act leaves the window.
class Fading {
 public:
  /// half_life_days, window_days  days, > 0
  Fading(double half_life_days, double window_days);

  /// age_days  days, >= 0;  returns  no unit, in [0, 1], never rising with age
  double operator()(double age_days) const;

  /// The same of each age, to the bit.
  void operator()(const base::Batch& age_days, base::Batch& faded) const;

 private:
  double half_life_days_;
  double window_days_;
  double at_edge_;  ///< 2^(-W/h)
};

}  // namespace renown::score
