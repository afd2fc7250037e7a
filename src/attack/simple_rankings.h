/// Simple rankings: what bought accounts gain where engagers are just counted, on the same scale of points.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attack/world.h"

namespace renown::attack {

/// What some number of new accounts buys at one percentile.
struct SimplePrice {
  double percentile = 0.0;
  std::uint64_t accounts = 0;
  double points_before = 0.0;  ///< means over the people around the percentile
  double points_gained = 0.0;
};

struct SimpleRanking {
  std::string name;  ///< "distinct engagers", "decayed distinct engagers 0.25 d"
  std::vector<SimplePrice> prices;
};

/// Distinct engagers in the window, and the same faded by 2^(-age/h) of the latest act for h = 0.25, 0.5 and 1 day. The
/// points are P of the count, and the bought accounts act in the last second. For each percentile (by the ranking
/// itself, of the people who have a score) the mean over twenty people around it.
std::vector<SimpleRanking> price_simple_rankings(const World& world, const std::vector<double>& percentiles);

}  // namespace renown::attack
