#include "score/engagement.h"

#include "base/time.h"

namespace renown::score {

std::int64_t window_seconds(const ScoreModel& model) {
  return static_cast<std::int64_t>(model.window_days * static_cast<double>(base::kSecondsPerDay));
}

Engagement::Engagement(const ScoreModel& model, std::int64_t as_of)
    : as_of_(as_of),
      window_seconds_(window_seconds(model)),
      loyal_span_seconds_(model.loyal_span_days * static_cast<double>(base::kSecondsPerDay)),
      fast_share_(model.fast_share),
      loyal_share_(model.loyal_share),
      slow_share_(model.slow_share),
      fast_(model.half_life_fast_days, model.window_days),
      loyal_(model.half_life_loyal_days, model.window_days),
      slow_(model.half_life_slow_days, model.window_days) {}

bool Engagement::inside_window(const aggregate::PairSpan& span) const {
  return span.latest >= 0 && as_of_ - span.latest < window_seconds_;
}

double Engagement::operator()(const aggregate::PairSpan& span) const {
  return at_age(span, static_cast<double>(as_of_ - span.latest) / static_cast<double>(base::kSecondsPerDay));
}

double Engagement::fresh(const aggregate::PairSpan& span) const {
  return at_age(span, 0.0);
}

double Engagement::at_age(const aggregate::PairSpan& span, double age_days) const {
  if (!inside_window(span)) return 0.0;
  const bool loyal = static_cast<double>(span.latest - span.first) > loyal_span_seconds_;
  return span.weight * (fast_share_ * fast_(age_days) + (loyal ? loyal_share_ * loyal_(age_days) : 0.0) +
                        slow_share_ * slow_(age_days));
}

}  // namespace renown::score
