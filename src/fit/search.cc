#include "fit/search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

#include "base/parallel.h"
#include "fit/trial.h"

namespace renown::fit {
namespace {

constexpr std::size_t kCandidatesAPiece = 64;
constexpr std::size_t kForKinds = 60;  ///< so many of the best time weights are tried with unequal kinds
constexpr std::array kNetworkWeights = {0.8, 0.6, 0.4, 0.2};

/// The steps of the past under one set of act weights.
class Trials {
 public:
  Trials(const std::vector<WeighedPast>& pasts, const Grid& grid, const ScoreModel& weights) {
    for (const WeighedPast& step : pasts) {
      trials_.emplace_back(*step.past, grid, act_weights(*step.past, weights), weights);
      weights_.push_back(step.weight);
    }
  }

  double worth(const TimeWeights& candidate) const {
    double sum = 0.0, weight = 0.0;
    for (std::size_t i = 0; i < trials_.size(); ++i) {
      const double ratio = worst(trials_[i].against_simple(candidate));
      if (std::isnan(ratio)) continue;
      sum += weights_[i] * ratio;
      weight += weights_[i];
    }
    return weight > 0.0 ? sum / weight : -std::numeric_limits<double>::infinity();
  }

 private:
  std::vector<Trial> trials_;
  std::vector<double> weights_;
};

std::set<std::string> networks_of(const std::vector<WeighedPast>& pasts) {
  std::set<std::string> networks;
  for (const WeighedPast& step : pasts) {
    for (aggregate::AccountId id = 0; id < step.past->log.accounts.size(); ++id)
      networks.emplace(step.past->log.accounts[id].network);
  }
  return networks;
}

ScoreModel weighing(const ScoreModel& model, const KindWeights& kinds, const std::map<std::string, double>& networks) {
  ScoreModel result = with_weights(model, {}, kinds);  // act weights do not look at time constants
  result.network_weight = networks;
  return result;
}

class Search {
 public:
  Search(const std::vector<WeighedPast>& pasts, const Grid& grid, const ScoreModel& model, std::size_t threads,
         const std::function<bool(std::size_t, std::size_t)>& advance)
      : pasts_(pasts), grid_(grid), model_(model), threads_(threads), advance_(advance) {}

  Result<SearchResult> run() {
    const std::vector<TimeWeights> times = time_candidates(grid_);
    const std::vector<KindWeights> kinds = kind_candidates();
    planned_ = times.size() + kinds.size() * std::min(kForKinds, times.size());
    if (!search_times(times) || !search_kinds(times, kinds) || !search_networks())
      return Error{ErrorCode::cancelled, "stopped; nothing was written"};
    return std::move(result_);
  }

 private:
  bool search_times(const std::vector<TimeWeights>& times) {
    const Trials trials(pasts_, grid_, weighing(model_, {}, {}));
    if (!try_all(trials, times)) return false;
    take_best(times, {});
    const std::size_t simple = simple_candidates(grid_).size();  // they lead the candidates
    const auto best = std::ranges::max_element(worths_.begin(), worths_.begin() + static_cast<std::ptrdiff_t>(simple));
    result_.simple = {
        .time = times[static_cast<std::size_t>(best - worths_.begin())], .kinds = {}, .networks = {}, .worth = *best};
    return true;
  }

  bool search_kinds(const std::vector<TimeWeights>& times, const std::vector<KindWeights>& all_kinds) {
    const std::vector<TimeWeights> leaders = best_of(times);
    const double equal_kinds = result_.best.worth;
    Found best = result_.best;
    for (const KindWeights& kinds : all_kinds) {
      const Trials trials(pasts_, grid_, weighing(model_, kinds, {}));
      if (!try_all(trials, leaders)) return false;
      const auto top = std::ranges::max_element(worths_);
      if (*top > best.worth && *top >= equal_kinds + kMustEarn)
        best = {.time = leaders[static_cast<std::size_t>(top - worths_.begin())],
                .kinds = kinds,
                .networks = {},
                .worth = *top};
    }
    result_.best = best;
    return true;
  }

  /// One network after the other, in byte order; one stays at 1, or all could sink together.
  bool search_networks() {
    const std::set<std::string> networks = networks_of(pasts_);
    if (networks.size() < 2) return true;
    for (const std::string& network : networks) {
      const std::map<std::string, double> before = result_.best.networks;
      if (before.size() + 1 == networks.size()) break;
      for (const double weight : kNetworkWeights) {
        Found candidate = result_.best;
        candidate.networks = before;
        candidate.networks[network] = weight;
        candidate.worth = worth(pasts_, grid_, model_, candidate);
        ++result_.tried;
        if (candidate.worth >= result_.best.worth + kMustEarn) result_.best = candidate;
        if (!advance_(result_.tried, std::max(planned_, result_.tried))) return false;
      }
    }
    return true;
  }

  bool try_all(const Trials& trials, const std::vector<TimeWeights>& candidates) {
    worths_.assign(candidates.size(), 0.0);
    const std::size_t at_once = kCandidatesAPiece * threads_;
    for (std::size_t begin = 0; begin < candidates.size(); begin += at_once) {
      const std::size_t end = std::min(candidates.size(), begin + at_once);
      base::parallel_for(end - begin, threads_, 8, [&](std::size_t from, std::size_t to) {
        for (std::size_t i = begin + from; i < begin + to; ++i) worths_[i] = trials.worth(candidates[i]);
      });
      result_.tried += end - begin;
      if (!advance_(result_.tried, std::max(planned_, result_.tried))) return false;
    }
    return true;
  }

  void take_best(const std::vector<TimeWeights>& times, const KindWeights& kinds) {
    const auto best = std::ranges::max_element(worths_);
    result_.best = {.time = times[static_cast<std::size_t>(best - worths_.begin())],
                    .kinds = kinds,
                    .networks = {},
                    .worth = *best};
  }

  std::vector<TimeWeights> best_of(const std::vector<TimeWeights>& times) const {
    std::vector<std::size_t> order(times.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return worths_[i]; });
    std::vector<TimeWeights> best;
    for (std::size_t i = 0; i < std::min(kForKinds, order.size()); ++i) best.push_back(times[order[i]]);
    return best;
  }

  const std::vector<WeighedPast>& pasts_;
  const Grid& grid_;
  const ScoreModel& model_;
  std::size_t threads_;
  const std::function<bool(std::size_t, std::size_t)>& advance_;
  std::size_t planned_ = 0;
  std::vector<double> worths_;
  SearchResult result_;
};

}  // namespace

Result<SearchResult> search(const std::vector<WeighedPast>& pasts, const Grid& grid, const ScoreModel& model,
                            std::size_t threads, const std::function<bool(std::size_t, std::size_t)>& advance) {
  return Search(pasts, grid, model, std::max<std::size_t>(threads, 1), advance).run();
}

double worth(const std::vector<WeighedPast>& pasts, const Grid& grid, const ScoreModel& model, const Found& candidate) {
  return Trials(pasts, grid, weighing(model, candidate.kinds, candidate.networks)).worth(candidate.time);
}

}  // namespace renown::fit
