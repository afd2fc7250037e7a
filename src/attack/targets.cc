#include "attack/targets.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

namespace renown::attack {
namespace {

/// The people around a percentile, by rank.
std::vector<PersonId> around(const std::vector<PersonId>& scored, double percentile, std::size_t count) {
  const std::size_t width = std::min(scored.size(), std::max(2 * count, scored.size() / 100));
  if (width == 0) return {};
  const auto centre = static_cast<std::size_t>(std::floor(percentile / 100.0 * static_cast<double>(scored.size() - 1)));
  const std::size_t begin = std::min(centre - std::min(centre, width / 2), scored.size() - width);
  const auto first = scored.begin() + static_cast<std::ptrdiff_t>(begin);
  return {first, first + static_cast<std::ptrdiff_t>(width)};
}

}  // namespace

Targets choose_targets(const World& world, const std::vector<double>& percentiles, std::size_t count,
                       std::uint64_t seed) {
  Targets targets;
  std::unordered_map<PersonId, std::size_t> position;
  for (const double percentile : percentiles) {
    std::vector<PersonId> people = around(world.scored(), percentile, count);
    Draws(seed, "targets", band_name(percentile)).shuffle(people);
    people.resize(std::min(people.size(), count));
    Band band{percentile, {}};
    for (const PersonId person : people) {
      const auto [place, fresh] = position.try_emplace(person, targets.people.size());
      if (fresh) targets.people.push_back(person);
      band.targets.push_back(place->second);
    }
    targets.bands.push_back(std::move(band));
  }
  return targets;
}

std::string band_name(double percentile) {
  return percentile == 50.0 ? "median" : fmt::format("p{}", percentile);
}

}  // namespace renown::attack
