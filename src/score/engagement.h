/// Engagement: what one engager-person is worth to one target-person (docs/scoring/engagement.md).
#pragma once

#include <cstdint>
#include <span>

#include "renown/score_model.h"

#include "aggregate/pair_tally.h"
#include "score/fading.h"

namespace renown::score {

/// w_ij = max(a_n * w_kind) * [ b1 f(age, h_fast) + b2 (span > loyal_span) f(age, h_loyal) + b3 f(age, h_slow) ]
///
/// A fresh first-time engager is worth b1 + b3, a fresh loyal one (two acts well apart) 1, nobody more than that.
class Engagement {
 public:
  Engagement(const ScoreModel& model, std::int64_t as_of);

  /// returns  no unit, in [0, 1]; 0 where no act is inside the window
  double operator()(const aggregate::PairSpan& span) const;

  /// The same of each span, to the bit, several at a time. engagements  one for each span
  void operator()(std::span<const aggregate::PairSpan> spans, double* engagements) const;

  /// What the same span would be worth if its latest act were now; 0 where no act is inside the window.
  double fresh(const aggregate::PairSpan& span) const;

  /// Whether the latest act is inside the window: such an engager counts for reach and coverage.
  bool inside_window(const aggregate::PairSpan& span) const;

 private:
  bool is_loyal(const aggregate::PairSpan& span) const {
    return static_cast<double>(span.latest - span.first) > loyal_span_seconds_;
  }
  void weigh_batch(std::span<const aggregate::PairSpan> spans, double* engagements) const;
  double at_age(const aggregate::PairSpan& span, double age_days) const;

  std::int64_t as_of_;
  std::int64_t window_seconds_;
  double loyal_span_seconds_;
  double fast_share_, loyal_share_, slow_share_;
  Fading fast_, loyal_, slow_;
};

/// The window of a model in whole seconds.
std::int64_t window_seconds(const ScoreModel& model);

}  // namespace renown::score
