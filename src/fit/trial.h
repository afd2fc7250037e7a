/// Trial: how well candidates would have done on one step of the past.
#pragma once

#include <span>
#include <vector>

#include "fit/candidates.h"
#include "fit/fit_measures.h"
#include "fit/past.h"
#include "score/vouching.h"

namespace renown::fit {

/// Engagement summed by target beforehand for every half-life of a grid, so that a candidate costs time in proportion
/// to people, not to pairs. The standing of engagers is held at 1: it is not fitted.
class Trial {
 public:
  /// weights  act_weights() of the past;  `past` must outlive the trial
  Trial(const Past& past, const Grid& grid, std::span<const double> weights, const ScoreModel& model);

  /// The figures of the raw scores that the candidate gives. O(people)
  Figures figures(const TimeWeights& candidate) const;

  /// The same, divided by those of the best simple ranking of that step.
  Figures against_simple(const TimeWeights& candidate) const { return ratios(figures(candidate), past_.best_simple); }

 private:
  using ByPosition = std::vector<score::Engaged>;

  const ByPosition& fresh(double half_life_days) const;
  const ByPosition& loyal(double half_life_days, double span_days) const;

  const Past& past_;
  const Grid& grid_;
  score::Vouching vouching_;
  FitMeasures measures_;
  std::vector<ByPosition> fresh_;               ///< by half-life
  std::vector<std::vector<ByPosition>> loyal_;  ///< by half-life and span
};

}  // namespace renown::fit
