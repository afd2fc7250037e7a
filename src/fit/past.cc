#include "fit/past.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "aggregate/people_index.h"
#include "base/time.h"
#include "evaluate/baselines.h"
#include "evaluate/history.h"
#include "evaluate/outcomes.h"
#include "score/engagement.h"

namespace renown::fit {
namespace {

/// Decides the order of equals only; another seed would do as well.
constexpr std::uint64_t kTieSeed = 1;

std::vector<std::string> simple_rankings() {
  std::vector<std::string> names;
  for (const std::string& name : evaluate::baseline_names()) {
    if (name.starts_with("engagers") || name.starts_with("acts")) names.push_back(name);
  }
  return names;
}

Figures best_of_simple(const evaluate::History& history, const evaluate::Panel& panel, std::size_t threads) {
  const FitMeasures measures(panel);
  Figures best;
  best.fill(std::numeric_limits<double>::quiet_NaN());
  for (const evaluate::Baseline& baseline : evaluate::baselines(history, simple_rankings(), threads)) {
    const Figures figures = measures(evaluate::on_panel(panel, baseline.value));
    for (std::size_t i = 0; i < kFitMeasures; ++i) best[i] = std::fmax(best[i], figures[i]);
  }
  return best;
}

std::vector<PastPair> pairs_inside(const Past& past, const ScoreModel& model, const std::vector<bool>& verified) {
  const score::Engagement weigh(model, past.split.time);
  const auto days = [](std::int64_t seconds) {
    return static_cast<double>(seconds) / static_cast<double>(base::kSecondsPerDay);
  };
  std::vector<PastPair> pairs;
  for (std::uint32_t position = 0; position < past.panel.people.size(); ++position) {
    const aggregate::PersonId target = past.panel.people[position];
    for (std::uint64_t i = past.tally.target_begin[target]; i < past.tally.target_begin[target + 1]; ++i) {
      const aggregate::Pair& pair = past.tally.pairs[i];
      if (!weigh.inside_window(pair.all)) continue;
      pairs.push_back({.position = position,
                       .verified = past.is_protected && verified[pair.engager],
                       .pair = i,
                       .age_days = days(past.split.time - pair.all.latest),
                       .span_days = days(pair.all.latest - pair.all.first)});
    }
  }
  return pairs;
}

}  // namespace

Past make_past(const aggregate::EventTable& events, const pipeline::LoadedLists& lists, const ScoreModel& model,
               const evaluate::Split& split, std::size_t threads) {
  Past past;
  past.split = split;
  past.is_protected = lists.verified.has_value();
  evaluate::History history = evaluate::history_at(events, lists, model, split.time);
  std::vector<bool> verified;
  if (past.is_protected)
    verified = aggregate::listed_people(history.log.accounts, history.log.people, lists.people, *lists.verified);
  const evaluate::Outcomes outcomes =
      evaluate::outcomes_after(history, evaluate::acts_before(events, lists, model, split.until), split,
                               past.is_protected ? &verified : nullptr);
  past.panel = evaluate::make_panel(history, outcomes, kTieSeed);
  past.best_simple = best_of_simple(history, past.panel, threads);
  past.log = std::move(history.log);
  past.tally = aggregate::tally_pairs(
      past.log, {split.time, score::window_seconds(model), model.kind_weight, model.network_weight});
  past.pairs = pairs_inside(past, model, verified);
  return past;
}

std::vector<double> act_weights(const Past& past, const ScoreModel& model) {
  std::vector<double> network(past.log.accounts.size(), 1.0);
  for (aggregate::AccountId id = 0; id < network.size() && !model.network_weight.empty(); ++id) {
    const auto listed = model.network_weight.find(std::string(past.log.accounts[id].network));
    if (listed != model.network_weight.end()) network[id] = listed->second;
  }
  const std::int64_t window = score::window_seconds(model);
  std::vector<double> weights;
  weights.reserve(past.pairs.size());
  for (const PastPair& pair : past.pairs) {
    double weight = 0.0;
    for (const aggregate::Event& act : past.tally.acts_of(past.tally.pairs[pair.pair])) {
      if (past.split.time - act.time < window)
        weight = std::max(weight, network[act.actor] * model.kind_weight[static_cast<std::size_t>(act.kind)]);
    }
    weights.push_back(weight);
  }
  return weights;
}

}  // namespace renown::fit
