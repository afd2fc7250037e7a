/// Quick logarithm and exponential for draws, about four times as fast as those of base/math, from which their tables
/// are made: +, -, *, / in a fixed order, so the same bits on every x86-64 machine. Scores do not use them.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace renown::generate {

/// Tables of 128 steps: what is left after one is below 2^-8, for which a short series is exact to the last bits.
struct QuickTables {
  static constexpr std::size_t kSteps = 128;

  std::array<double, kSteps> inverse;    ///< 1 / c, c the middle of a step of [1, 2)
  std::array<double, kSteps> logarithm;  ///< ln c
  std::array<double, kSteps> power;      ///< 2^(step / 128)

  QuickTables();
};

extern const QuickTables kQuick;

inline constexpr double kLn2 = 0x1.62e42fefa39efp-1;

/// ln x for a positive normal number. Absolute error below 1e-15 * max(1, |ln x|).
inline double quick_log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const double exponent = static_cast<double>(static_cast<int>(bits >> 52) - 1023);
  const double mantissa = std::bit_cast<double>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  const std::size_t step = bits >> 45 & (QuickTables::kSteps - 1);
  const double r = mantissa * kQuick.inverse[step] - 1.0;
  const double square = r * r;
  const double series = (1.0 / 3 - 0.25 * r) + square * (0.2 - 1.0 / 6 * r);
  return exponent * kLn2 + (kQuick.logarithm[step] + (r + square * (r * series - 0.5)));
}

/// e^x. Relative error below 1e-15 * max(1, |x|); 0 below -700, and x is at most 700.
inline double quick_exp(double x) {
  if (x < -700.0) return 0.0;
  // ln 2 / 128 in two parts, of which the first has enough zero bits for its product with a step number to be exact.
  constexpr double kStepHigh = 0x1.62e42fee00000p-8, kStepLow = 0x1.a39ef35793c76p-40;
  constexpr double kMagic = 0x1.8p52;  // pushes the fraction out of the significand: the nearest whole number
  const double nearest = (x * (128.0 / kLn2) + kMagic) - kMagic;
  const auto steps = static_cast<std::int64_t>(nearest);
  const double r = (x - nearest * kStepHigh) - nearest * kStepLow;
  const double square = r * r;
  const double series = r + square * ((0.5 + 1.0 / 6 * r) + square * (1.0 / 24 + 1.0 / 120 * r));
  const double power = kQuick.power[static_cast<std::size_t>(steps) & (QuickTables::kSteps - 1)];
  const double scale = std::bit_cast<double>(static_cast<std::uint64_t>((steps >> 7) + 1023) << 52);
  return scale * (power + power * series);
}

/// x^exponent for x > 0.
inline double power(double x, double exponent) {
  return quick_exp(exponent * quick_log(x));
}

}  // namespace renown::generate
