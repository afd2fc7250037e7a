/// Lanes: powers and log-normal numbers, many at once, as wide as the processor computes.
///
/// Each number comes from +, -, *, / and comparisons in a fixed order, with no step that depends on its neighbours or
/// on the width: the same bits on every x86-64 machine. Scores do not use them.
#pragma once

#include <span>

namespace renown::generate {

/// Registers to use; that they give the same bits is tested.
enum class Width : unsigned char { widest, plain };

/// x^exponent in place, for positive normal x and results within e^-700 ... e^700. Relative error below 1e-14.
void raise(std::span<double> x, double exponent, Width width = Width::widest);

/// e^(mu + sigma z) in place of p, where z is the normal quantile of p in (0, 1): Draws::log_normal, many at once, to
/// a relative error of 1e-13.
void to_log_normal(std::span<double> p, double mu, double sigma, Width width = Width::widest);

}  // namespace renown::generate
