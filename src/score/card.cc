#include "score/card.h"

#include <algorithm>
#include <array>

#include "base/pairwise_sum.h"
#include "score/interval.h"
#include "score/percentile.h"

namespace renown::score {
namespace {

/// What all acts come to, and what reposts and quotes alone do.
struct Sums {
  Engaged all;
  Engaged shared;
  Sums& operator+=(const Sums& other) {
    all.vouched += other.all.vouched;
    all.unvouched += other.all.unvouched;
    shared.vouched += other.shared.vouched;
    shared.unvouched += other.shared.unvouched;
    return *this;
  }
};

Sums sum(std::span<const Engager> engagers) {
  return base::pairwise_sum(0, engagers.size(), [&](std::size_t i) {
    const Engager& engager = engagers[i];
    const double all = engager.standing * engager.engagement;  // standing is 1 for who is not verified
    const double shared = engager.standing * engager.share_engagement;
    return engager.verified ? Sums{{all, 0.0}, {shared, 0.0}} : Sums{{0.0, all}, {0.0, shared}};
  });
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
  return sum(engagers).all;
}

CardNumbers CardMaker::numbers(std::span<const Engager> engagers, std::uint64_t interactions,
                               std::uint32_t reach) const {
  CardNumbers numbers;
  const auto [all, shared] = sum(engagers);
  numbers.raw = vouching_.raw(all);
  numbers.vouched = all.vouched;
  if (shared.vouched != 0.0 || shared.unvouched != 0.0) numbers.amplification = vouching_.raw(shared);
  numbers.interactions = interactions;
  numbers.reach = reach;
  if (covered(reach)) numbers.half_width = half_width(by_group(engagers), vouching_, scale_);
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
  const Interval around = interval(*card.score, numbers.half_width);
  card.score_low = around.low;
  card.score_high = around.high;
  return card;
}

}  // namespace renown::score
