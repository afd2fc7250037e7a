/// Candidates: the time and kind weights that a fit tries.
#pragma once

#include <vector>

#include "renown/score_model.h"

namespace renown::fit {

/// How an engagement fades: the time constants of w_ij (score/engagement.h) and their shares, which sum to 1 and are
/// never negative, so that every candidate keeps the promises of a model.
struct TimeWeights {
  double half_life_fast_days = 0.0;
  double half_life_loyal_days = 0.0;
  double half_life_slow_days = 0.0;
  double loyal_span_days = 0.0;
  double fast_share = 0.0;
  double loyal_share = 0.0;
  double slow_share = 0.0;

  bool operator==(const TimeWeights&) const = default;
};

/// Weights of kinds on three rungs: 1 down to repost and review, then replies and comments, then mentions, stars,
/// likes. Never rising, as a model asks.
struct KindWeights {
  double replies = 1.0;
  double mentions = 1.0;

  bool operator==(const KindWeights&) const = default;
};

/// Half-lives and spans that are tried, in days: fixed multiples of a step, because what a log's tempo is the log says.
struct Grid {
  std::vector<double> half_lives;   ///< rising; fast and slow ones are taken from here
  std::vector<double> loyal_lives;  ///< rising; the last one fades evenly over the window
  std::vector<double> loyal_spans;  ///< rising
};

/// step_days, window_days  days, > 0
Grid make_grid(double step_days, double window_days);

/// Everything on the grid with fast < slow, once each. About 2,500.
std::vector<TimeWeights> time_candidates(const Grid& grid);

/// Decayed distinct engagers with each half-life of the grid: what the fit falls back to.
std::vector<TimeWeights> simple_candidates(const Grid& grid);

/// Rungs that are tried beside equal ones, from mild to steep.
std::vector<KindWeights> kind_candidates();

/// `model` with these constants.
ScoreModel with_weights(ScoreModel model, const TimeWeights& time, const KindWeights& kinds);

}  // namespace renown::fit
