#include "attack/simple_rankings.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/math.h"
#include "base/time.h"
#include "score/engagement.h"

namespace renown::attack {
namespace {

constexpr double kHalfLivesDays[] = {0.25, 0.5, 1.0};
constexpr std::uint64_t kBought[] = {1'000, 10'000};
constexpr std::size_t kPeople = 20;

/// The count of everybody who has a score, rising. half_life_days empty: not faded.
std::vector<double> counts(const World& world, std::optional<double> half_life_days) {
  const score::ScoreRun& run = world.before();
  const score::Engagement weigh(run.model, run.as_of);
  std::vector<double> counts;
  for (const PersonId person : world.scored()) {
    double count = 0.0;
    for (const aggregate::Pair& pair : run.tally.of_target(person)) {
      if (!weigh.inside_window(pair.all)) continue;
      const double age = static_cast<double>(run.as_of - pair.all.latest) / static_cast<double>(base::kSecondsPerDay);
      count += half_life_days ? base::exp2(-age / *half_life_days) : 1.0;
    }
    counts.push_back(count);
  }
  std::ranges::sort(counts);
  return counts;
}

SimplePrice price(const std::vector<double>& counts, const score::Scale& scale, double percentile,
                  std::uint64_t bought) {
  SimplePrice price{.percentile = percentile, .accounts = bought, .points_before = 0.0, .points_gained = 0.0};
  const std::size_t width = std::min(kPeople, counts.size());
  const auto centre = static_cast<std::size_t>(std::floor(percentile / 100.0 * static_cast<double>(counts.size() - 1)));
  const std::size_t begin = std::min(centre - std::min(centre, width / 2), counts.size() - width);
  for (std::size_t i = begin; i < begin + width; ++i) {
    const double before = scale.points(counts[i]);
    price.points_before += before / static_cast<double>(width);
    price.points_gained +=
        (scale.points(counts[i] + static_cast<double>(bought)) - before) / static_cast<double>(width);
  }
  return price;
}

}  // namespace

std::vector<SimpleRanking> price_simple_rankings(const World& world, const std::vector<double>& percentiles) {
  std::vector<SimpleRanking> rankings;
  if (world.scored().empty()) return rankings;
  const score::Scale scale(world.model());
  const auto add = [&](std::string name, std::optional<double> half_life_days) {
    SimpleRanking ranking{std::move(name), {}};
    const std::vector<double> by_count = counts(world, half_life_days);
    for (const double percentile : percentiles) {
      for (const std::uint64_t bought : kBought) ranking.prices.push_back(price(by_count, scale, percentile, bought));
    }
    rankings.push_back(std::move(ranking));
  };
  add("distinct engagers", std::nullopt);
  for (const double half_life : kHalfLivesDays)
    add(fmt::format("decayed distinct engagers {} d", half_life), half_life);
  return rankings;
}

}  // namespace renown::attack
