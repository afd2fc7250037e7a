/// Scores as many as wanted, drawn from a seed and skewed as scores are: most of them low.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "base/hash.h"

namespace renown::bench {

inline std::vector<double> drawn_scores(std::uint64_t count) {
  std::vector<double> scores;
  scores.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    const double uniform = static_cast<double>(base::mix64(i ^ 0x5eed0000) >> 11) * 0x1p-53;
    scores.push_back(1.0 + 99.0 * std::pow(uniform, 6.0));
  }
  return scores;
}

}  // namespace renown::bench
