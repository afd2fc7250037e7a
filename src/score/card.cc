#include "score/card.h"

#include <algorithm>
#include <array>

#include "base/pairwise_sum.h"
#include "score/interval.h"
#include "score/percentile.h"

namespace renown::score {
namespace {

template <class Worth>
Engaged sum(std::span<const Engager> engagers, bool is_protected, const Worth& worth) {
  Engaged result;
  if (is_protected) {
    result.vouched = base::pairwise_sum(0, engagers.size(), [&](std::size_t i) {
      return engagers[i].verified ? engagers[i].standing * worth(engagers[i]) : 0.0;
    });
  }
  result.unvouched = base::pairwise_sum(0, engagers.size(),
                                        [&](std::size_t i) { return engagers[i].verified ? 0.0 : worth(engagers[i]); });
  return result;
}

std::array<Engaged, kGroups> by_group(std::span<const Engager> engagers) {
  std::array<Engaged, kGroups> groups{};
  for (const Engager& engager : engagers) {
    Engaged& group = groups[engager.group];
    if (engager.verified) {
      group.vouched += engager.standing * engager.engagement;
    } else {
      group.unvouched += engager.engagement;
    }
  }
  return groups;
}

}  // namespace

Engaged CardMaker::engaged(std::span<const Engager> engagers) const {
  return sum(engagers, is_protected_, [](const Engager& engager) { return engager.engagement; });
}

CardNumbers CardMaker::numbers(std::span<const Engager> engagers, std::uint64_t interactions,
                               std::uint32_t reach) const {
  CardNumbers numbers;
  const Engaged all = engaged(engagers);
  numbers.raw = vouching_.raw(all);
  numbers.vouched = all.vouched;
  const auto share = [](const Engager& engager) { return engager.share_engagement; };
  const bool is_shared = std::ranges::any_of(engagers, [&](const Engager& engager) { return share(engager) != 0.0; });
  if (is_shared) numbers.amplification = vouching_.raw(sum(engagers, is_protected_, share));
  numbers.interactions = interactions;
  numbers.reach = reach;
  if (covered(reach)) {
    const Interval around = interval(scale_.points(numbers.raw), by_group(engagers), vouching_, scale_);
    numbers.low = around.low;
    numbers.high = around.high;
  }
  return numbers;
}

ScoreCard CardMaker::card(const CardNumbers& numbers) const {
  ScoreCard card;
  card.raw = numbers.raw;
  card.amplification = numbers.amplification;
  card.interactions = numbers.interactions;
  card.reach = numbers.reach;
  card.coverage = std::min(1.0, static_cast<double>(numbers.reach) / model_.minimum_engagers);
  if (is_protected_) {
    card.vouched_raw = numbers.vouched;
    card.bound_raw = vouching_.bound(numbers.vouched);
  }
  if (!covered(numbers.reach)) return card;
  card.score = scale_.points(numbers.raw);
  card.percentile = percentile(is_protected_ ? model_.quantiles_verified : model_.quantiles_unprotected, numbers.raw);
  if (card.vouched_raw) card.vouched_score = scale_.points(*card.vouched_raw);
  if (card.bound_raw) card.bound_score = scale_.points(*card.bound_raw);
  card.score_low = numbers.low;
  card.score_high = numbers.high;
  return card;
}

}  // namespace renown::score
