#include "base/math.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace renown::base {
namespace {

// ln 2 in two parts: the first has 21 trailing zero bits, so that k * kLn2High is exact for |k| < 2^21.
constexpr double kLn2High = 0x1.62e42fee00000p-1;
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kLn2 = 0x1.62e42fefa39efp-1;
constexpr double kLog2E = 0x1.71547652b82fep+0;
constexpr double kSqrt2 = 0x1.6a09e667f3bcdp+0;

/// 2^k for a k in the range of normal numbers, [-1022, 1023].
double power_of_two(int k) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(1023 + k) << 52);
}

constexpr double kMagic = 0x1.8p52;

/// Nearest whole number, ties to even, for |x| < 2^51: the magic constant pushes the fraction out of the significand.
double nearest(double x) {
  return (x + kMagic) - kMagic;
}

constexpr double kInverseFactorial[] = {
    1.0 / 2,         1.0 / 6,          1.0 / 24,          1.0 / 120,          1.0 / 720,
    1.0 / 5040,      1.0 / 40320,      1.0 / 362880,      1.0 / 3628800,      1.0 / 39916800,
    1.0 / 479001600, 1.0 / 6227020800, 1.0 / 87178291200, 1.0 / 1307674368000};

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

// What every x86-64 machine does at a time are two doubles; the chains of four such pairs hide how long each step
// takes. The operations are those of exp2() above, each rounded by itself, so that the bits are the same.
using Pair = double __attribute__((vector_size(16)));
using PairBits = std::int64_t __attribute__((vector_size(16)));
constexpr std::size_t kPairs = 4;

constexpr std::size_t kAtATime = 2 * kPairs;

/// Calls step(i) for each of the pairs, written out.
template <class Step>
void each_pair(const Step& step) {
  step(0), step(1), step(2), step(3);
}

/// 2^k, from a whole number that the magic constant was added to.
Pair power_of_two(Pair shifted) {
  const PairBits k = std::bit_cast<PairBits>(shifted) - std::bit_cast<std::int64_t>(kMagic);
  return std::bit_cast<Pair>((k + 1023) << 52);
}

void exp2_of_eight(const double* x, double* result) {
  Pair r[kPairs];
  Pair shifted[kPairs];
  Pair sum[kPairs];
  each_pair([&](std::size_t i) {
    const Pair value = {x[2 * i], x[2 * i + 1]};
    shifted[i] = value + kMagic;
    r[i] = (value - (shifted[i] - kMagic)) * kLn2;
    sum[i] = Pair{} + kInverseFactorial[13];
  });
  for (int n = 12; n >= 0; --n) each_pair([&](std::size_t i) { sum[i] = sum[i] * r[i] + kInverseFactorial[n]; });
  each_pair([&](std::size_t i) {
    const Pair mantissa = 1.0 + (r[i] + r[i] * r[i] * sum[i]);
    const Pair scaled = mantissa * power_of_two(shifted[i]);
    result[2 * i] = scaled[0];
    result[2 * i + 1] = scaled[1];
  });
}

/// Where expm1() below needs neither of its ends.
constexpr double kPlainExpm1 = 40.0;

/// Of |x| <= kPlainExpm1. Near 0 the whole number is 0, so that both ways of expm1() are one.
void expm1_of_eight(double* x) {
  Pair r[kPairs];
  Pair shifted[kPairs];
  Pair sum[kPairs];
  each_pair([&](std::size_t i) {
    const Pair value = {x[2 * i], x[2 * i + 1]};
    const PairBits is_small = (value >= -0.5) & (value <= 0.5);
    const Pair rounded = value * kLog2E + kMagic;
    shifted[i] = is_small ? Pair{} + kMagic : rounded;
    const Pair k = shifted[i] - kMagic;
    r[i] = (value - k * kLn2High) - k * kLn2Low;
    sum[i] = Pair{} + kInverseFactorial[13];
  });
  for (int n = 12; n >= 0; --n) each_pair([&](std::size_t i) { sum[i] = sum[i] * r[i] + kInverseFactorial[n]; });
  each_pair([&](std::size_t i) {
    const Pair power = power_of_two(shifted[i]);
    const Pair reduced = r[i] + r[i] * r[i] * sum[i];
    const Pair result = power * reduced + (power - 1.0);
    x[2 * i] = result[0];
    x[2 * i + 1] = result[1];
  });
}

/// Of finite x >= 0: the steps of log1p() below, where each way is taken by all and one is chosen.
void log1p_of_eight(double* x) {
  Pair f[kPairs], k[kPairs], lost[kPairs], s[kPairs], z[kPairs], series[kPairs];
  each_pair([&](std::size_t i) {
    const Pair value = {x[2 * i], x[2 * i + 1]};
    const Pair y = 1.0 + value;
    const Pair rest = value >= 1.0 ? 1.0 - (y - value) : value - (y - 1.0);
    const PairBits bits = std::bit_cast<PairBits>(y);
    const PairBits exponent = (bits >> 52) - 1023;  // y is not negative
    const Pair significand = std::bit_cast<Pair>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
    const PairBits is_high = significand > kSqrt2;
    const Pair power = std::bit_cast<Pair>(exponent - is_high + std::bit_cast<std::int64_t>(kMagic)) - kMagic;
    const PairBits is_large = value >= 0.41;
    f[i] = is_large ? (is_high ? significand * 0.5 : significand) - 1.0 : value;
    k[i] = is_large ? power : Pair{};
    lost[i] = is_large ? rest / y : Pair{};
    s[i] = f[i] / (2.0 + f[i]);
    z[i] = s[i] * s[i];
    series[i] = Pair{};
  });
  for (int n = 23; n >= 3; n -= 2) each_pair([&](std::size_t i) { series[i] = series[i] * z[i] + 2.0 / n; });
  each_pair([&](std::size_t i) {
    const Pair rest = z[i] * series[i];
    const Pair half_square = 0.5 * f[i] * f[i];
    const Pair result =
        k[i] * kLn2High + (f[i] - (half_square - (s[i] * (half_square + rest) + (k[i] * kLn2Low + lost[i]))));
    x[2 * i] = result[0];
    x[2 * i + 1] = result[1];
  });
}

/// Applies a function to each value: eight at a time where all of them are plain, else, or where few are left, one by
/// one.
template <class IsPlain, class OfEight, class OfOne>
void apply(std::span<double> values, const IsPlain& is_plain, const OfEight& of_eight, const OfOne& of_one) {
  constexpr std::size_t kFew = 3;  // are as quick one by one
  if (values.size() < kFew || !std::ranges::all_of(values, is_plain)) {
    for (double& value : values) value = of_one(value);
    return;
  }
  for (; values.size() >= kAtATime; values = values.subspan(kAtATime)) of_eight(values.data());
  if (values.empty()) return;
  std::array<double, kAtATime> last{};
  std::ranges::copy(values, last.begin());
  of_eight(last.data());
  std::copy_n(last.begin(), values.size(), values.begin());
}

}  // namespace

void exp2(const Batch& x, Batch& result) {
  static_assert(kBatch % kAtATime == 0);
  for (std::size_t i = 0; i < kBatch; i += kAtATime) exp2_of_eight(x.data() + i, result.data() + i);
}

void expm1(std::span<double> values) {
  const auto is_plain = [](double x) { return std::abs(x) <= kPlainExpm1; };
  apply(values, is_plain, expm1_of_eight, [](double x) { return expm1(x); });
}

void log1p(std::span<double> values) {
  const auto is_plain = [](double x) { return x >= 0.0 && x <= std::numeric_limits<double>::max(); };
  apply(values, is_plain, log1p_of_eight, [](double x) { return log1p(x); });
}

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
