#include "fit/fitted_model.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/time.h"
#include "score/model_file.h"
#include "score/model_rewrite.h"

namespace renown::fit {
namespace {

std::string one_figure(double value) {
  return std::isnan(value) ? "none" : fmt::format("{:.4f}", value);
}

std::string figures_text(const Figures& figures) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < kFitMeasures; ++i)
    texts.push_back(fmt::format("{} {}", kFitMeasureNames[i], one_figure(figures[i])));
  return fmt::format("{}", fmt::join(texts, ", "));
}

void add_step(std::vector<std::string>& comments, const StepFigures& step, std::string_view title) {
  comments.push_back(fmt::format("{}: scored at {}, outcomes until {}", title, base::format_time(step.split.time),
                                 base::format_time(step.split.until)));
  comments.push_back("  fitted:                      " + figures_text(step.fitted));
  comments.push_back("  decayed distinct engagers:   " + figures_text(step.simple));
  comments.push_back("  best simple one of each row: " + figures_text(step.best_simple));
}

std::vector<std::string> comments_of(const FitResult& fit, const FitSource& source, std::string_view base_name) {
  std::vector<std::string> comments = {
      fmt::format("Fitted by `renown fit` to {} as of {}; the constants that were not fitted are those of {}.",
                  source.logs, base::format_time(source.as_of), base_name),
      fmt::format("Data: {}", source.data_digest),
      source.verified.empty() ? "No list of verified people: outcomes count everybody, and a farm can teach it."
                              : fmt::format("Verified: {}; outcomes count them alone.", source.verified),
      fmt::format("{} candidates; step {:g} days", fit.search.tried, fit.step_days)};
  if (fit.farm_accounts > 0)
    comments.push_back(fmt::format("{} accounts found to be part of farms were left out", fit.farm_accounts));
  for (const StepFigures& step : fit.steps)
    add_step(comments, step, fmt::format("Fitted on, weight {:g}", step.weight));
  if (!fit.check) {
    comments.emplace_back("Not checked on a step that it was not fitted on: the log does not reach back so far.");
    return comments;
  }
  add_step(comments, *fit.check, "Check, constants fitted before");
  comments.emplace_back(fit.fell_back ? "Decayed distinct engagers won the check: this model is that count, bounded."
                                      : "The fitted weights won the check.");
  return comments;
}

}  // namespace

std::string fitted_name(const FitResult& fit, const FitSource& source) {
  std::string described = fmt::format("{}\n{}\n{}\n", source.data_digest, source.as_of, fit.step_days);
  for (const auto& [name, value] : score::constants(fit.model)) described += fmt::format("{}={}\n", name, value);
  std::string day = base::format_day(source.as_of);
  std::erase(day, '-');
  return fmt::format("fit-{}-{:08x}", day, base::stable_hash(described) >> 32);
}

ReferenceQuantiles quantiles_of(const score::ScoreRun& run, const std::string& source) {
  std::vector<double> raw;
  for (const ScoreCard& card : run.cards.values()) {
    if (card.score) raw.push_back(card.raw);
  }
  if (raw.empty()) return {};
  std::ranges::sort(raw);
  ReferenceQuantiles quantiles;
  quantiles.source = fmt::format("{}; {} scored people", source, raw.size());
  const auto add = [&](double percent) {
    const auto rank = static_cast<std::size_t>(std::ceil(static_cast<double>(raw.size()) * percent / 100.0));
    quantiles.percent.push_back(percent);
    quantiles.raw.push_back(raw[std::max<std::size_t>(rank, 1) - 1]);
  };
  for (int percent = 0; percent < 100; ++percent) add(percent);
  for (int tenth = 1; tenth < 10; ++tenth) add(99.0 + tenth / 10.0);
  for (const double percent : {99.95, 99.99, 100.0}) add(percent);
  return quantiles;
}

Result<std::string> fitted_model_text(const FitResult& fit, const FitSource& source, std::string_view base,
                                      std::string_view base_name, const ReferenceQuantiles& unprotected,
                                      const ReferenceQuantiles& verified) {
  score::ModelRewrite rewrite;
  rewrite.name = fitted_name(fit, source);
  rewrite.comments = comments_of(fit, source, base_name);
  rewrite.unprotected = unprotected;
  rewrite.verified = verified;
  const std::string origin = fmt::format("renown fit, {}", base::format_day(source.as_of));
  const auto set = [&](const char* section, std::string key, double value, const char* unit, const char* reason) {
    rewrite.changes.push_back({section, std::move(key), value, unit, reason, origin});
  };
  const ScoreModel& model = fit.model;
  set("fading", "half_life_fast", model.half_life_fast_days, "days", "foretold the last steps of the log best");
  set("fading", "half_life_loyal", model.half_life_loyal_days, "days",
      model.half_life_loyal_days > model.window_days ? "returning engagers fade evenly over the window" : "as above");
  set("fading", "half_life_slow", model.half_life_slow_days, "days", "as above");
  set("fading", "loyal_span", model.loyal_span_days, "days", "as above");
  set("fading", "fast_share", model.fast_share, "share", "as above");
  set("fading", "loyal_share", model.loyal_share, "share", "as above");
  set("fading", "slow_share", model.slow_share, "share", "as above");
  set("vouching", "verified_share", model.verified_share, "share of people", "rho, as the operator set it");
  set("vouching", "room_base_share", model.room_base_share, "share of kappa",
      "people nobody verified has engaged with keep their order");
  for (std::size_t kind = 0; kind < kEngagementKinds; ++kind) {
    set("kinds", std::string(kKindNames[kind]), model.kind_weight[kind], "none",
        model.kind_weight[kind] < 1.0 ? "foretold the last steps better than equal weights" : "a full engagement");
  }
  for (const auto& [network, weight] : model.network_weight)
    set("networks", network, weight, "none", "foretold the last steps better than 1");
  return score::rewrite_model(base, base_name, rewrite);
}

}  // namespace renown::fit
