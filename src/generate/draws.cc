#include "generate/draws.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "base/math.h"

namespace renown::generate {
namespace {

constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15;  // odd: consecutive indices become distinct, far-apart inputs

double logarithm(double x) {
  return base::log1p(x - 1.0);
}

}  // namespace

Draws::Draws(std::uint64_t seed) {
  for (std::size_t i = 0; i < kPurposes; ++i) streams_[i] = base::mix64(seed + (i + 1) * kGolden);
}

std::uint64_t Draws::bits(Purpose purpose, std::uint64_t index) const {
  return base::mix64(streams_[static_cast<std::size_t>(purpose)] + index * kGolden);
}

double Draws::uniform(Purpose purpose, std::uint64_t index) const {
  return (static_cast<double>(bits(purpose, index) >> 12) + 0.5) * 0x1p-52;
}

double Draws::log_normal(Purpose purpose, std::uint64_t index, double mu, double sigma) const {
  return base::exp(mu + sigma * normal_quantile(uniform(purpose, index)));
}

double power(double x, double exponent) {
  return base::exp(exponent * logarithm(x));
}

double normal_quantile(double p) {
  constexpr double kTail = 0.02425;
  if (p > 0.5) return -normal_quantile(1.0 - p);
  if (p < kTail) {
    const double q = std::sqrt(-2.0 * logarithm(p));
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
      at_end_(power(static_cast<double>(count) + shift, 1.0 - exponent)) {}

std::uint64_t RankLaw::operator()(double u) const {
  const double rank = power(at_first_ + u * (at_end_ - at_first_), inverse_) - shift_;
  return std::min(count_ - 1, static_cast<std::uint64_t>(std::max(0.0, rank)));
}

}  // namespace renown::generate
