// The functions of math.h for several numbers at a time. The operations are those of math.cc, each rounded by itself,
// so that the bits are the same; where math.cc chooses a way, both are gone here and one result is chosen.
//
// One body, compiled once for each width of registers. Four chains hide how long each step takes.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "base/math.h"
#include "base/math_constants.h"

#define RENOWN_ALWAYS_INLINE inline __attribute__((always_inline))

namespace renown::base {
namespace {

constexpr std::size_t kAtATime = 8;

/// Two doubles: what every x86-64 machine does at a time.
struct Two {
  using Values = double __attribute__((vector_size(16)));
  using Bits = std::int64_t __attribute__((vector_size(16)));
};
/// Four, where the machine has AVX2.
struct Four {
  using Values = double __attribute__((vector_size(32)));
  using Bits = std::int64_t __attribute__((vector_size(32)));
};

template <class Lanes>
constexpr std::size_t kLanes = sizeof(typename Lanes::Values) / sizeof(double);
template <class Lanes>
constexpr std::size_t kChains = kAtATime / kLanes<Lanes>;

/// 2^k, from a whole number that the magic constant was added to.
template <class Lanes>
RENOWN_ALWAYS_INLINE void power_of_two(typename Lanes::Values& shifted) {
  using Values = typename Lanes::Values;
  using Bits = typename Lanes::Bits;
  const Bits k = reinterpret_cast<Bits>(shifted) - std::bit_cast<std::int64_t>(kMagic);
  shifted = reinterpret_cast<Values>((k + 1023) << 52);
}

/// sum[i] = the series of e^r from r^2 on, divided by r^2.
template <class Lanes>
RENOWN_ALWAYS_INLINE void exponential_series(const typename Lanes::Values* r, typename Lanes::Values* sum) {
  for (std::size_t i = 0; i < kChains<Lanes>; ++i) sum[i] = typename Lanes::Values{} + kInverseFactorial[13];
#pragma GCC unroll 13
  for (int n = 12; n >= 0; --n) {
#pragma GCC unroll 4
    for (std::size_t i = 0; i < kChains<Lanes>; ++i) sum[i] = sum[i] * r[i] + kInverseFactorial[n];
  }
}

template <class Lanes>
RENOWN_ALWAYS_INLINE void exp2_of_eight(const double* x, double* result) {
  using Values = typename Lanes::Values;
  Values r[kChains<Lanes>], shifted[kChains<Lanes>], sum[kChains<Lanes>];
  for (std::size_t i = 0; i < kChains<Lanes>; ++i) {
    Values value;
    std::memcpy(&value, x + i * kLanes<Lanes>, sizeof value);
    shifted[i] = value + kMagic;
    r[i] = (value - (shifted[i] - kMagic)) * kLn2;
  }
  exponential_series<Lanes>(r, sum);
  for (std::size_t i = 0; i < kChains<Lanes>; ++i) {
    const Values significand = 1.0 + (r[i] + r[i] * r[i] * sum[i]);
    power_of_two<Lanes>(shifted[i]);
    const Values scaled = significand * shifted[i];
    std::memcpy(result + i * kLanes<Lanes>, &scaled, sizeof scaled);
  }
}

/// Where expm1() needs neither of its ends.
constexpr double kPlainExpm1 = 40.0;

/// Of |x| <= kPlainExpm1. Near 0 the whole number is 0, so that both ways of expm1() are one.
template <class Lanes>
RENOWN_ALWAYS_INLINE void expm1_of_eight(double* x) {
  using Values = typename Lanes::Values;
  using Bits = typename Lanes::Bits;
  Values r[kChains<Lanes>], shifted[kChains<Lanes>], sum[kChains<Lanes>];
  for (std::size_t i = 0; i < kChains<Lanes>; ++i) {
    Values value;
    std::memcpy(&value, x + i * kLanes<Lanes>, sizeof value);
    const Bits is_small = (value >= -0.5) & (value <= 0.5);
    const Values rounded = value * kLog2E + kMagic;
    shifted[i] = is_small ? Values{} + kMagic : rounded;
    const Values k = shifted[i] - kMagic;
    r[i] = (value - k * kLn2High) - k * kLn2Low;
  }
  exponential_series<Lanes>(r, sum);
  for (std::size_t i = 0; i < kChains<Lanes>; ++i) {
    power_of_two<Lanes>(shifted[i]);
    const Values reduced = r[i] + r[i] * r[i] * sum[i];
    const Values result = shifted[i] * reduced + (shifted[i] - 1.0);
    std::memcpy(x + i * kLanes<Lanes>, &result, sizeof result);
  }
}

/// Of finite x >= 0.
template <class Lanes>
RENOWN_ALWAYS_INLINE void log1p_of_eight(double* x) {
  using Values = typename Lanes::Values;
  using Bits = typename Lanes::Bits;
  constexpr std::size_t kCount = kChains<Lanes>;
  Values f[kCount], k[kCount], lost[kCount], s[kCount], z[kCount], series[kCount];
  for (std::size_t i = 0; i < kCount; ++i) {
    Values value;
    std::memcpy(&value, x + i * kLanes<Lanes>, sizeof value);
    const Values y = 1.0 + value;
    const Bits is_one = value >= 1.0;
    const Values rest = is_one ? 1.0 - (y - value) : value - (y - 1.0);
    const Bits bits = reinterpret_cast<Bits>(y);
    const Bits exponent = (bits >> 52) - 1023;  // y is not negative
    const Values significand = reinterpret_cast<Values>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
    const Bits is_high = significand > kSqrt2;  // all ones: -1
    const Values power = reinterpret_cast<Values>(exponent - is_high + std::bit_cast<std::int64_t>(kMagic)) - kMagic;
    const Bits is_large = value >= 0.41;
    f[i] = is_large ? (is_high ? significand * 0.5 : significand) - 1.0 : value;
    k[i] = is_large ? power : Values{};
    lost[i] = is_large ? rest / y : Values{};
    s[i] = f[i] / (2.0 + f[i]);
    z[i] = s[i] * s[i];
    series[i] = Values{};
  }
#pragma GCC unroll 11
  for (int n = 23; n >= 3; n -= 2) {
#pragma GCC unroll 4
    for (std::size_t i = 0; i < kCount; ++i) series[i] = series[i] * z[i] + 2.0 / n;
  }
  for (std::size_t i = 0; i < kCount; ++i) {
    const Values rest = z[i] * series[i];
    const Values half_square = 0.5 * f[i] * f[i];
    const Values result =
        k[i] * kLn2High + (f[i] - (half_square - (s[i] * (half_square + rest) + (k[i] * kLn2Low + lost[i]))));
    std::memcpy(x + i * kLanes<Lanes>, &result, sizeof result);
  }
}

/// Each function at one width.
struct Functions {
  void (*exp2)(const double*, double*);
  void (*expm1)(double*);
  void (*log1p)(double*);
};

void exp2_plain(const double* x, double* result) {
  exp2_of_eight<Two>(x, result);
}
void expm1_plain(double* x) {
  expm1_of_eight<Two>(x);
}
void log1p_plain(double* x) {
  log1p_of_eight<Two>(x);
}
[[gnu::target("avx2")]] void exp2_avx2(const double* x, double* result) {
  exp2_of_eight<Four>(x, result);
}
[[gnu::target("avx2")]] void expm1_avx2(double* x) {
  expm1_of_eight<Four>(x);
}
[[gnu::target("avx2")]] void log1p_avx2(double* x) {
  log1p_of_eight<Four>(x);
}

constexpr Functions kPlain{exp2_plain, expm1_plain, log1p_plain};
constexpr Functions kAvx2{exp2_avx2, expm1_avx2, log1p_avx2};

bool has_avx2() {
  return __builtin_cpu_supports("avx2") != 0;
}

constinit const Functions* functions = &kPlain;

/// Applies a function to each value: eight at a time where all of them are plain, else, or where few are left, one by
/// one.
template <class IsPlain, class OfOne>
void apply(std::span<double> values, const IsPlain& is_plain, void (*of_eight)(double*), const OfOne& of_one) {
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

bool use_wide_registers(bool wide) {
  functions = wide && has_avx2() ? &kAvx2 : &kPlain;
  return functions == &kAvx2;
}

namespace {
[[maybe_unused]] const bool kIsWide = use_wide_registers(true);
}  // namespace

void exp2(const Batch& x, Batch& result) {
  static_assert(kBatch % kAtATime == 0);
  for (std::size_t i = 0; i < kBatch; i += kAtATime) functions->exp2(x.data() + i, result.data() + i);
}

void expm1(std::span<double> values) {
  const auto is_plain = [](double x) { return std::abs(x) <= kPlainExpm1; };
  apply(values, is_plain, functions->expm1, [](double x) { return expm1(x); });
}

void log1p(std::span<double> values) {
  const auto is_plain = [](double x) { return x >= 0.0 && x <= std::numeric_limits<double>::max(); };
  apply(values, is_plain, functions->log1p, [](double x) { return log1p(x); });
}

}  // namespace renown::base
