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
  return span.weight * (fast_share_ * fast_(age_days) + (is_loyal(span) ? loyal_share_ * loyal_(age_days) : 0.0) +
                        slow_share_ * slow_(age_days));
}

void Engagement::operator()(std::span<const aggregate::PairSpan> spans, double* engagements) const {
  for (; spans.size() > base::kBatch; spans = spans.subspan(base::kBatch), engagements += base::kBatch)
    weigh_batch(spans.first(base::kBatch), engagements);
  weigh_batch(spans, engagements);
}

/// Of up to base::kBatch spans.
void Engagement::weigh_batch(std::span<const aggregate::PairSpan> spans, double* engagements) const {
  base::Batch age_days{};  // 0 where there is no span, or none inside the window
  base::Batch fast, loyal, slow;
  bool any_loyal = false;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (!inside_window(spans[i])) continue;
    age_days[i] = static_cast<double>(as_of_ - spans[i].latest) / static_cast<double>(base::kSecondsPerDay);
    any_loyal = any_loyal || is_loyal(spans[i]);
  }
  fast_(age_days, fast);
  slow_(age_days, slow);
  if (any_loyal) loyal_(age_days, loyal);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const double returned = is_loyal(spans[i]) && any_loyal ? loyal_share_ * loyal[i] : 0.0;
    const double engagement = spans[i].weight * (fast_share_ * fast[i] + returned + slow_share_ * slow[i]);
    engagements[i] = inside_window(spans[i]) ? engagement : 0.0;
  }
}

}  // namespace renown::score
