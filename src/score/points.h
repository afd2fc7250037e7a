/// Points: the scale from 1 to 100 (docs/scoring/points.md).
#pragma once

#include <span>

#include "renown/score_model.h"

namespace renown::score {

/// P(S) = 1 + 99 ln(1 + S / s0) / ln(1 + S_top / s0), clamped to 1..100.
///
/// Absolute: 10 fresh distinct people are 18 points, 100 are 34, 1,000 are 50.5, a million are 100, whoever else is in
/// the log. Each tenfold is 16.5 points.
class Scale {
 public:
  explicit Scale(const ScoreModel& model);

  /// raw  S, >= 0;  returns  points in [1, 100], never falling with raw
  double points(double raw) const;

  /// The same of each raw score, in its place.
  void points(std::span<double> raws) const;

 private:
  double at_log(double log) const;

  double unit_;
  double top_log_;
};

}  // namespace renown::score
