#include "evaluate/examiner.h"

#include <limits>
#include <utility>

#include "base/math.h"

namespace renown::evaluate {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

template <class Value>
std::vector<Value> chosen(std::span<const Value> values, const std::vector<std::uint32_t>& positions) {
  std::vector<Value> result;
  result.reserve(positions.size());
  for (const std::uint32_t position : positions) result.push_back(values[position]);
  return result;
}

}  // namespace

Sheet empty_sheet() {
  Sheet sheet;
  for (auto& measures : sheet) measures.fill(kNone);
  return sheet;
}

Examiner::Examiner(const Panel& panel) : panel_(panel) {
  for (std::uint32_t position = 0; position < panel.people.size(); ++position) {
    if (panel.engagers[position] >= kEngaged) engaged_.push_back(position);
  }
  engaged_tie_keys_ = chosen(std::span(panel.tie_keys), engaged_);
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    outcomes_[outcome] = rank_people(panel.outcomes[outcome], panel.tie_keys);
    engaged_outcomes_[outcome] = rank_people(chosen(std::span(panel.outcomes[outcome]), engaged_), engaged_tie_keys_);
  }
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    for (const double value : panel.outcomes[outcome]) log_gains_[outcome].push_back(base::log1p(value));
  }
  volume_ = rank_people(panel.acts, panel.tie_keys);
}

RankedScore Examiner::rank(std::span<const double> values) const {
  return {rank_people(values, panel_.tie_keys), rank_people(chosen(values, engaged_), engaged_tie_keys_)};
}

Sample Examiner::whole() const {
  return sample(Copies(panel_.people.size(), 1));
}

Sample Examiner::sample(Copies copies) const {
  Sample sample;
  sample.engaged = chosen(std::span<const std::uint32_t>(copies), engaged_);
  sample.all = std::move(copies);
  sample.volume = centred_midranks(volume_, sample.all);
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    sample.outcomes[outcome] = centred_midranks(outcomes_[outcome], sample.all);
    sample.engaged_outcomes[outcome] = centred_midranks(engaged_outcomes_[outcome], sample.engaged);
    sample.outcome_and_volume[outcome] = spearman(sample.outcomes[outcome], sample.volume, sample.all);
  }
  return sample;
}

Sheet Examiner::examine(const RankedScore& score, const Sample& sample) const {
  const CentredRanks all = centred_midranks(score.all, sample.all);
  const CentredRanks engaged = centred_midranks(score.engaged, sample.engaged);
  const auto score_and_volume = spearman(all, sample.volume, sample.all);
  Sheet sheet = empty_sheet();
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    const auto set = [&](Measure measure, std::optional<double> value) {
      sheet[outcome][static_cast<std::size_t>(measure)] = value.value_or(kNone);
    };
    const Ranking& truth = outcomes_[outcome];
    const std::span<const double> outcomes(panel_.outcomes[outcome]);
    const auto rho = spearman(all, sample.outcomes[outcome], sample.all);
    set(Measure::spearman, rho);
    set(Measure::spearman_engaged, spearman(engaged, sample.engaged_outcomes[outcome], sample.engaged));
    set(Measure::kendall, kendall_tau_b(score.all, truth, sample.all));
    set(Measure::ndcg_100, ndcg(score.all, truth, log_gains_[outcome], sample.all, 100));
    set(Measure::ndcg_1000, ndcg(score.all, truth, log_gains_[outcome], sample.all, 1000));
    set(Measure::ndcg_100_linear, ndcg(score.all, truth, outcomes, sample.all, 100));
    set(Measure::ndcg_1000_linear, ndcg(score.all, truth, outcomes, sample.all, 1000));
    set(Measure::precision_100, precision(score.all, truth, outcomes, sample.all, 100));
    set(Measure::partial, partial(rho, score_and_volume, sample.outcome_and_volume[outcome]));
  }
  return sheet;
}

}  // namespace renown::evaluate
