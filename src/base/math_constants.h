/// What math.cc and math_lanes.cc are made from, so that one number and several at a time have the same bits.
#pragma once

namespace renown::base {

// ln 2 in two parts: the first has 21 trailing zero bits, so that k * kLn2High is exact for |k| < 2^21.
inline constexpr double kLn2High = 0x1.62e42fee00000p-1;
inline constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
inline constexpr double kLn2 = 0x1.62e42fefa39efp-1;
inline constexpr double kLog2E = 0x1.71547652b82fep+0;
inline constexpr double kSqrt2 = 0x1.6a09e667f3bcdp+0;

/// Added and taken away again it pushes the fraction out of the significand: the nearest whole number, for |x| < 2^51.
inline constexpr double kMagic = 0x1.8p52;

inline constexpr double kInverseFactorial[] = {
    1.0 / 2,         1.0 / 6,          1.0 / 24,          1.0 / 120,          1.0 / 720,
    1.0 / 5040,      1.0 / 40320,      1.0 / 362880,      1.0 / 3628800,      1.0 / 39916800,
    1.0 / 479001600, 1.0 / 6227020800, 1.0 / 87178291200, 1.0 / 1307674368000};

}  // namespace renown::base
