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
  if (!in_normal_tail(p)) return central_normal_quantile(p);
  if (p > 0.5) return -normal_quantile(1.0 - p);
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

RankLaw::RankLaw(std::uint64_t count, double shift, double exponent)
    : count_(count),
      shift_(shift),
      inverse_(1.0 / (1.0 - exponent)),
      at_first_(power(shift, 1.0 - exponent)),
      width_(power(static_cast<double>(count) + shift, 1.0 - exponent) - at_first_) {}

}  // namespace renown::generate
