#include "fit/candidates.h"

#include <array>
#include <cstddef>

namespace renown::fit {
namespace {

constexpr std::array kHalfLives = {0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0};  // of a step
constexpr std::size_t kFastLives = 5;                                     // of these may be the fast one
constexpr std::size_t kFirstSlow = 3;                                     // from here on they may be the slow one
constexpr std::array kLoyalLives = {0.5, 1.0, 2.0};                       // of a step
constexpr std::array kLoyalSpans = {1.0 / 24.0, 0.25, 0.5, 1.0};          // of a step

/// Half-life, in windows, of what fades evenly over the window: 2^(-age/h) is a straight line there to one in 10^4.
constexpr double kEvenWindows = 1000.0;

struct Shares {
  double fast, loyal, slow;
};
constexpr std::array kShares = {
    Shares{0.8, 0.0, 0.2}, Shares{0.6, 0.0, 0.4}, Shares{0.8, 0.2, 0.0}, Shares{0.6, 0.4, 0.0}, Shares{0.4, 0.6, 0.0},
    Shares{0.8, 0.1, 0.1}, Shares{0.6, 0.2, 0.2}, Shares{0.6, 0.3, 0.1}, Shares{0.4, 0.4, 0.2}, Shares{0.4, 0.2, 0.4},
    Shares{0.3, 0.5, 0.2}, Shares{0.2, 0.6, 0.2}, Shares{0.2, 0.4, 0.4}};

TimeWeights weights(double fast, double slow, double loyal, double span, const Shares& shares) {
  return {.half_life_fast_days = fast,
          .half_life_loyal_days = loyal,
          .half_life_slow_days = slow,
          .loyal_span_days = span,
          .fast_share = shares.fast,
          .loyal_share = shares.loyal,
          .slow_share = shares.slow};
}

/// A constant whose share is 0 plays no part: it is tried once, with the last value of the grid.
void add_loyal(std::vector<TimeWeights>& all, const Grid& grid, double fast, double slow, const Shares& shares) {
  if (shares.loyal == 0.0) {
    all.push_back(weights(fast, slow, grid.loyal_lives.back(), grid.loyal_spans.back(), shares));
    return;
  }
  for (const double loyal : grid.loyal_lives) {
    for (const double span : grid.loyal_spans) all.push_back(weights(fast, slow, loyal, span, shares));
  }
}

}  // namespace

Grid make_grid(double step_days, double window_days) {
  Grid grid;
  for (const double steps : kHalfLives) grid.half_lives.push_back(steps * step_days);
  for (const double steps : kLoyalLives) grid.loyal_lives.push_back(steps * step_days);
  grid.loyal_lives.push_back(kEvenWindows * window_days);
  for (const double steps : kLoyalSpans) grid.loyal_spans.push_back(steps * step_days);
  return grid;
}

std::vector<TimeWeights> time_candidates(const Grid& grid) {
  std::vector<TimeWeights> all = simple_candidates(grid);
  for (std::size_t fast = 0; fast < kFastLives; ++fast) {
    for (const Shares& shares : kShares) {
      for (std::size_t slow = kFirstSlow; slow < grid.half_lives.size(); ++slow) {
        if (slow <= fast) continue;
        if (shares.slow == 0.0 && slow + 1 < grid.half_lives.size()) continue;
        add_loyal(all, grid, grid.half_lives[fast], grid.half_lives[slow], shares);
      }
    }
  }
  return all;
}

std::vector<TimeWeights> simple_candidates(const Grid& grid) {
  std::vector<TimeWeights> all;
  for (const double half_life : grid.half_lives) {
    all.push_back(weights(half_life, grid.half_lives.back(), grid.loyal_lives.back(), grid.loyal_spans.back(),
                          Shares{1.0, 0.0, 0.0}));
  }
  return all;
}

std::vector<KindWeights> kind_candidates() {
  return {{1.0, 0.8}, {1.0, 0.6}, {0.8, 0.8}, {0.6, 0.6}, {0.6, 0.4}, {0.4, 0.2}};
}

ScoreModel with_weights(ScoreModel model, const TimeWeights& time, const KindWeights& kinds) {
  model.half_life_fast_days = time.half_life_fast_days;
  model.half_life_loyal_days = time.half_life_loyal_days;
  model.half_life_slow_days = time.half_life_slow_days;
  model.loyal_span_days = time.loyal_span_days;
  model.fast_share = time.fast_share;
  model.loyal_share = time.loyal_share;
  model.slow_share = time.slow_share;
  for (std::size_t kind = 0; kind < kEngagementKinds; ++kind) {
    model.kind_weight[kind] = 1.0;
    if (kind >= static_cast<std::size_t>(Kind::reply)) model.kind_weight[kind] = kinds.replies;
    if (kind >= static_cast<std::size_t>(Kind::mention)) model.kind_weight[kind] = kinds.mentions;
  }
  return model;
}

}  // namespace renown::fit
