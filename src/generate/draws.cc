#include "generate/draws.h"

#include <cmath>

namespace renown::generate {

Draws::Draws(std::uint64_t seed) {
  for (std::size_t i = 0; i < kPurposes; ++i) streams_[i] = base::mix64(seed + (i + 1) * kGolden);
}

double Draws::log_normal(Purpose purpose, std::uint64_t index, double mu, double sigma) const {
  return quick_exp(mu + sigma * normal_quantile(uniform(purpose, index)));
}

double normal_quantile(double p) {
  constexpr double kTail = 0.02425;
  if (p > 1.0 - kTail) return -normal_quantile(1.0 - p);
  if (p < kTail) {
    const double q = std::sqrt(-2.0 * quick_log(p));
    return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q -
              2.549732539343734e+00) *
                 q +
             4.374664141464968e+00) *
                q +
            2.938163982698783e+00) /
           ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q +
             3.754408661907416e+00) *
                q +
            1.0);
  }
  const double q = p - 0.5;
  const double r = q * q;
  return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r +
            1.383577518672690e+02) *
               r -
           3.066479806614716e+01) *
              r +
          2.506628277459239e+00) *
         q /
         (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r +
            6.680131188771972e+01) *
               r -
           1.328068155288572e+01) *
              r +
          1.0);
}

RankLaw::RankLaw(std::uint64_t count, double shift, double exponent)
    : count_(count),
      shift_(shift),
      inverse_(1.0 / (1.0 - exponent)),
      at_first_(power(shift, 1.0 - exponent)),
      width_(power(static_cast<double>(count) + shift, 1.0 - exponent) - at_first_) {}

}  // namespace renown::generate
