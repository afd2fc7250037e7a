#include "fit/fit.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "aggregate/people_index.h"
#include "base/time.h"
#include "fit/past.h"
#include "fit/trial.h"
#include "score/farm_search.h"

namespace renown::fit {
namespace {

constexpr double kLastHalfWeight = 2.0;
constexpr double kWholeWeight = 1.0;
constexpr double kStepsInALog = 5.0;

/// Two digits are enough for a step, and make half-lives that people can read.
double two_digits(double days) {
  const double unit = std::pow(10.0, std::floor(std::log10(days)) - 1.0);
  return std::round(days / unit) * unit;
}

/// The two steps that end at a time.
struct LastSteps {
  std::unique_ptr<Past> half, whole;

  std::vector<WeighedPast> weighed() const {
    return {{.past = half.get(), .weight = kLastHalfWeight}, {.past = whole.get(), .weight = kWholeWeight}};
  }
  bool any() const { return FitMeasures(half->panel).any() || FitMeasures(whole->panel).any(); }
};

class Fit {
 public:
  Fit(aggregate::EventTable events, const pipeline::LoadedLists& lists, const ScoreModel& base, std::int64_t as_of,
      const FitRequest& request, pipeline::Progress& progress)
      : events_(std::move(events)), lists_(lists), as_of_(as_of), request_(request), progress_(progress) {
    std::erase_if(events_.events(), [as_of](const aggregate::Event& row) { return row.time >= as_of; });
    events_.order_accounts();  // once, so that the copy of each run has nothing left to order
    result_.model = base;
    result_.model.room_base_share = request.room_base_share.value_or(default_room_base_share(base.verified_share));
    result_.model.quantiles_unprotected = {};
    result_.model.quantiles_verified = {};
    leave_out_farms();
  }

  Result<FitResult> run() {
    if (auto possible = set_step(); !possible) return possible.error();
    grid_ = make_grid(result_.step_days, result_.model.window_days);
    const LastSteps last = steps_before(as_of_);
    if (!last.any())
      return Error{
          ErrorCode::not_enough_data,
          fmt::format("nobody {}was engaged with in the last {:g} days before {} by people who count, so there "
                      "is nothing to fit to; choose a longer --step or a later --as-of",
                      lists_.verified ? "known before " : "", result_.step_days, base::format_time(as_of_))};
    auto found = search(last.weighed(), grid_, result_.model, request_.threads, advance("fitting"));
    if (!found) return found.error();
    result_.search = std::move(*found);
    for (const WeighedPast& step : last.weighed()) result_.steps.push_back(figures_on(step, result_.search));
    if (auto checked = check(*last.whole); !checked) return checked.error();
    set_model();
    return std::move(result_);
  }

 private:
  void leave_out_farms() {
    const auto run = pipeline::score_events(events_, lists_, result_.model, as_of_, request_.threads);
    const AccountSet farms = lists_.farm ? *lists_.farm : score::accounts_of(run.farms, run.log.accounts);
    if (farms.empty()) return;
    const std::vector<bool> in_farm = aggregate::listed_accounts(events_.accounts(), farms);
    std::erase_if(events_.events(), [&](const aggregate::Event& row) { return in_farm[row.actor]; });
    result_.farm_accounts = farms.size();
  }

  Result<void> set_step() {
    std::optional<std::int64_t> first;
    for (const aggregate::Event& row : events_.events()) first = first ? std::min(*first, row.time) : row.time;
    if (!first) return Error{ErrorCode::not_enough_data, "the log holds no interaction before --as-of"};
    const double log_days = static_cast<double>(as_of_ - *first) / static_cast<double>(base::kSecondsPerDay);
    result_.step_days = request_.step_days > 0.0 ? request_.step_days : two_digits(log_days / kStepsInALog);
    if (!(result_.step_days < log_days))
      return Error{ErrorCode::usage,
                   fmt::format("--step {:g}: the log before {} is {:.3g} days long; take a shorter one",
                               result_.step_days, base::format_time(as_of_), log_days)};
    const double room = result_.model.room_base_share;
    if (!(room > 0.0) || room > 1.0) return Error{ErrorCode::usage, "--room-base-share must be above 0 and at most 1"};
    first_ = *first;
    return {};
  }

  std::unique_ptr<Past> past(std::int64_t end, double days) {
    const auto begin = end - static_cast<std::int64_t>(days * static_cast<double>(base::kSecondsPerDay));
    progress_.update("reading the past", 0, 0, "steps");
    return std::make_unique<Past>(make_past(events_, lists_, result_.model,
                                            {.label = base::format_time(begin), .time = begin, .until = end},
                                            request_.threads));
  }

  LastSteps steps_before(std::int64_t end) {
    return {.half = past(end, result_.step_days / 2.0), .whole = past(end, result_.step_days)};
  }

  std::function<bool(std::size_t, std::size_t)> advance(std::string stage) {
    return [this, stage = std::move(stage)](std::size_t done, std::size_t planned) {
      progress_.update(stage, done, planned, "candidates");
      return !progress_.cancelled();
    };
  }

  StepFigures figures_on(const WeighedPast& step, const SearchResult& found) const {
    const auto figures = [&](const Found& candidate) {
      ScoreModel weighed = with_weights(result_.model, candidate.time, candidate.kinds);
      weighed.network_weight = candidate.networks;
      return Trial(*step.past, grid_, act_weights(*step.past, weighed), weighed).figures(candidate.time);
    };
    return {.split = step.past->split,
            .weight = step.weight,
            .best_simple = step.past->best_simple,
            .fitted = figures(found.best),
            .simple = figures(found.simple)};
  }

  /// Has constants fitted on steps before the last one foretell it.
  Result<void> check(const Past& last) {
    const std::int64_t end = last.split.time;
    if (static_cast<double>(end - first_) <= result_.step_days * static_cast<double>(base::kSecondsPerDay)) return {};
    const LastSteps before = steps_before(end);
    if (!before.any() || !FitMeasures(last.panel).any()) return {};
    const auto found = search(before.weighed(), grid_, result_.model, request_.threads, advance("checking"));
    if (!found) return found.error();
    result_.check = figures_on({.past = &last, .weight = 1.0}, *found);
    result_.fell_back = simple_wins(*result_.check);
    return {};
  }

  void set_model() {
    const Found& chosen = result_.fell_back ? result_.search.simple : result_.search.best;
    result_.model = with_weights(result_.model, chosen.time, chosen.kinds);
    result_.model.network_weight = chosen.networks;
  }

  aggregate::EventTable events_;
  const pipeline::LoadedLists& lists_;
  std::int64_t as_of_;
  std::int64_t first_ = 0;
  const FitRequest& request_;
  pipeline::Progress& progress_;
  Grid grid_;
  FitResult result_;
};

}  // namespace

double default_room_base_share(double verified_share) {
  constexpr double kShare = 0.2;
  constexpr double kMostPeople = 5.0;
  return std::min(kShare, kMostPeople * verified_share);  // c0 = share * kappa = share / verified_share
}

bool simple_wins(const StepFigures& step) {
  const double simple = mean(ratios(step.simple, step.best_simple));
  return simple > mean(ratios(step.fitted, step.best_simple)) + kBeatenBy;
}

Result<FitResult> fit_model(aggregate::EventTable events, const pipeline::LoadedLists& lists, const ScoreModel& base,
                            std::int64_t as_of, const FitRequest& request, pipeline::Progress& progress) {
  return Fit(std::move(events), lists, base, as_of, request, progress).run();
}

}  // namespace renown::fit
