/// Spread: mean, its upper limit and the extremes of some figures.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace renown::attack {

struct Spread {
  std::size_t count = 0;
  double mean = 0.0;
  std::optional<double> upper;  ///< of the mean, one-sided, 95 %; needs two figures
  double least = 0.0;
  double most = 0.0;
};

/// upper = mean + t s / sqrt(n), t of Student at n - 1 degrees of freedom. All zero where there are no figures.
Spread spread_of(const std::vector<double>& figures);

/// The 95th percentile of Student's t: exact at one and two degrees of freedom, else by Hill's expansion of the normal
/// one (Abramowitz and Stegun 26.7.5), within 0.3 % from three on.
double student_95(std::size_t degrees);

}  // namespace renown::attack
