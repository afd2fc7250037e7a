#include "base/math.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/math_constants.h"

namespace renown::base {
namespace {

/// 2^k for a k in the range of normal numbers, [-1022, 1023].
double power_of_two(int k) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(1023 + k) << 52);
}

/// Nearest whole number, ties to even, for |x| < 2^51.
double nearest(double x) {
  return (x + kMagic) - kMagic;
}

/// e^r - 1 for |r| <= 1/2, by Taylor's series to r^15, whose rest is below 2^-57 of the value.
double expm1_reduced(double r) {
  double sum = kInverseFactorial[13];
  for (int i = 12; i >= 0; --i) sum = sum * r + kInverseFactorial[i];
  return r + r * r * sum;
}

struct Reduced {
  int power;  ///< k
  double r;   ///< x - k ln 2
};

Reduced reduce(double x) {
  const double k = nearest(x * kLog2E);
  return {static_cast<int>(k), (x - k * kLn2High) - k * kLn2Low};
}

/// 2^k * (1 + e1) where 2^k may be just outside what one factor can hold.
double scale(double value, int k) {
  if (k > 1023) return value * power_of_two(1023) * power_of_two(k - 1023);
  return value * power_of_two(k);
}

}  // namespace

double exp(double x) {
  if (std::isnan(x)) return x;
  if (x < -708.0) return 0.0;
  if (x > 709.0) return std::numeric_limits<double>::infinity();
  const auto [k, r] = reduce(x);
  return scale(1.0 + expm1_reduced(r), k);
}

double exp2(double x) {
  if (std::isnan(x)) return x;
  if (x < -1022.0) return 0.0;
  if (x >= 1024.0) return std::numeric_limits<double>::infinity();
  const double k = nearest(x);
  return scale(1.0 + expm1_reduced((x - k) * kLn2), static_cast<int>(k));
}

double expm1(double x) {
  if (std::isnan(x)) return x;
  if (x < -40.0) return -1.0;
  if (x > 709.0) return std::numeric_limits<double>::infinity();
  if (x >= -0.5 && x <= 0.5) return expm1_reduced(x);
  const auto [k, r] = reduce(x);
  if (k > 60) return scale(1.0 + expm1_reduced(r), k);  // the -1 is below the last place
  const double power = power_of_two(k);
  return power * expm1_reduced(r) + (power - 1.0);
}

double log1p(double x) {
  if (std::isnan(x) || x < -1.0) return std::numeric_limits<double>::quiet_NaN();
  if (x == -1.0) return -std::numeric_limits<double>::infinity();
  if (std::isinf(x)) return x;

  // 1 + x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)); `lost` is what rounding 1 + x lost.
  double k = 0.0;
  double f = x;
  double lost = 0.0;
  if (x <= -0.29 || x >= 0.41) {
    const double y = 1.0 + x;
    lost = (x >= 1.0 ? 1.0 - (y - x) : x - (y - 1.0)) / y;
    const auto bits = std::bit_cast<std::uint64_t>(y);
    int power = static_cast<int>(bits >> 52) - 1023;
    double m = std::bit_cast<double>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
    if (m > kSqrt2) {
      m *= 0.5;
      ++power;
    }
    k = power;
    f = m - 1.0;
  }

  // ln(1 + f) = 2 artanh(s), s = f / (2 + f), |s| <= .172: odd powers to s^23 leave less than 2^-60 of the value.
  // Written as f - f^2/2 + s (f^2/2 + R), whose largest term is exact.
  const double s = f / (2.0 + f);
  const double z = s * s;
  double series = 0.0;
  for (int n = 23; n >= 3; n -= 2) series = series * z + 2.0 / n;
  const double rest = z * series;
  const double half_square = 0.5 * f * f;
  return k * kLn2High + (f - (half_square - (s * (half_square + rest) + (k * kLn2Low + lost))));
}

}  // namespace renown::base
