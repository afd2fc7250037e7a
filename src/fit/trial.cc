#include "fit/trial.h"

#include <algorithm>
#include <cstddef>

#include "score/fading.h"

namespace renown::fit {
namespace {

std::size_t place_of(const std::vector<double>& values, double value) {
  return static_cast<std::size_t>(std::ranges::find(values, value) - values.begin());
}

}  // namespace

Trial::Trial(const Past& past, const Grid& grid, std::span<const double> weights, const ScoreModel& model)
    : past_(past), grid_(grid), vouching_(model, past.is_protected), measures_(past.panel) {
  const std::size_t people = past.panel.people.size();
  const auto add = [&](ByPosition& sums, std::size_t i, double engagement) {
    const PastPair& pair = past.pairs[i];
    (pair.verified ? sums[pair.position].vouched : sums[pair.position].unvouched) += engagement;
  };
  for (const double half_life : grid.half_lives) {
    const score::Fading fading(half_life, model.window_days);
    ByPosition& sums = fresh_.emplace_back(people);
    for (std::size_t i = 0; i < past.pairs.size(); ++i) add(sums, i, weights[i] * fading(past.pairs[i].age_days));
  }
  for (const double half_life : grid.loyal_lives) {
    const score::Fading fading(half_life, model.window_days);
    auto& by_span = loyal_.emplace_back(grid.loyal_spans.size(), ByPosition(people));
    for (std::size_t i = 0; i < past.pairs.size(); ++i) {
      if (past.pairs[i].span_days <= grid.loyal_spans.front()) continue;  // spans rise: no other one is passed either
      const double engagement = weights[i] * fading(past.pairs[i].age_days);
      for (std::size_t span = 0; span < by_span.size(); ++span) {
        if (past.pairs[i].span_days > grid.loyal_spans[span]) add(by_span[span], i, engagement);
      }
    }
  }
}

const Trial::ByPosition& Trial::fresh(double half_life_days) const {
  return fresh_[place_of(grid_.half_lives, half_life_days)];
}

const Trial::ByPosition& Trial::loyal(double half_life_days, double span_days) const {
  return loyal_[place_of(grid_.loyal_lives, half_life_days)][place_of(grid_.loyal_spans, span_days)];
}

Figures Trial::figures(const TimeWeights& candidate) const {
  const ByPosition& fast = fresh(candidate.half_life_fast_days);
  const ByPosition& slow = fresh(candidate.half_life_slow_days);
  const ByPosition& back = loyal(candidate.half_life_loyal_days, candidate.loyal_span_days);
  const auto mix = [&](double score::Engaged::* part, std::size_t i) {
    return candidate.fast_share * fast[i].*part + candidate.loyal_share * back[i].*part +
           candidate.slow_share * slow[i].*part;
  };
  std::vector<double> raw(past_.panel.people.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    raw[i] = vouching_.raw({mix(&score::Engaged::vouched, i), mix(&score::Engaged::unvouched, i)});
  }
  return measures_(raw);
}

}  // namespace renown::fit
