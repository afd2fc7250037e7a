/// Targets: the people that attacks are tried on, around some percentiles of all who have a score.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "attack/world.h"

namespace renown::attack {

/// Some people around one percentile.
struct Band {
  double percentile = 0.0;
  std::vector<std::size_t> targets;  ///< positions in Targets::people
};

struct Targets {
  std::vector<PersonId> people;  ///< everybody once, though bands of a small log overlap
  std::vector<Band> bands;
};

/// For each percentile: of the people closest to it by rank of raw score in this run (twice as many as are wanted, or
/// half a percent of all on each side, whichever is more) `count` are drawn. Where fewer have a score, all of them.
Targets choose_targets(const World& world, const std::vector<double>& percentiles, std::size_t count,
                       std::uint64_t seed);

/// "median", "p90", "p99.5"
std::string band_name(double percentile);

}  // namespace renown::attack
