#include "cli/fit_text.h"

#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/time.h"
#include "pipeline/json_text.h"
#include "score/model_file.h"

namespace renown::cli {
namespace {

using fit::Figures;
using fit::StepFigures;

/// Six digits of a number that stands in full in the model file.
std::string short_number(const std::string& number) {
  double value = 0.0;
  const auto [end, failed] = std::from_chars(number.data(), number.data() + number.size(), value);
  return failed == std::errc{} ? fmt::format("{:.6g}", value) : number;
}

std::string figure(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.3f}", value);
}

std::string figure_row(std::string_view name, const Figures& figures) {
  std::string line = "    " + pad(name, 30);
  for (const double value : figures) line += pad_left(figure(value), 12);
  return line + "\n";
}

std::string step_text(const Terminal& terminal, std::string_view title, const StepFigures& step) {
  std::string text = fmt::format("  {}  {} {} {}\n", title, base::format_time(step.split.time), terminal.dim("to"),
                                 base::format_time(step.split.until));
  text += terminal.dim("    " + pad("", 30) + pad_left("rho >= 5", 12) + pad_left("NDCG@1000", 12) +
                       pad_left("reach@100", 12)) +
          "\n";
  text += figure_row("fitted", step.fitted);
  text += figure_row("decayed distinct engagers", step.simple);
  text += figure_row("best simple one of the column", step.best_simple);
  return text;
}

void add_figures(pipeline::JsonText& json, std::string_view key, const Figures& figures) {
  json.begin_object(key);
  for (std::size_t i = 0; i < fit::kFitMeasures; ++i)
    json.number(fit::kFitMeasureNames[i],
                std::isnan(figures[i]) ? std::nullopt : std::optional(std::round(figures[i] * 1e6) / 1e6));
  json.end_object();
}

void add_step(pipeline::JsonText& json, std::string_view key, const StepFigures& step) {
  json.begin_object(key);
  json.text("scored_at", base::format_time(step.split.time));
  json.text("outcomes_until", base::format_time(step.split.until));
  json.number("weight", step.weight);
  add_figures(json, "fitted", step.fitted);
  add_figures(json, "decayed_distinct_engagers", step.simple);
  add_figures(json, "best_simple_of_each", step.best_simple);
  json.end_object();
}

}  // namespace

std::string fit_text(const Terminal& terminal, const fit::FitResult& fit, const ScoreModel& base) {
  std::string text = terminal.bold("  constant                        was        now") + "\n";
  const auto before = score::constants(base);
  for (const auto& [name, value] : score::constants(fit.model)) {
    std::string was = "-";
    for (const auto& [old_name, old_value] : before) {
      if (old_name == name) was = old_value;
    }
    if (was != value)
      text +=
          fmt::format("  {}{}{}\n", pad(name, 24), pad_left(short_number(was), 11), pad_left(short_number(value), 11));
  }
  text += "\n" + terminal.bold("  how they did") + "\n";
  for (const StepFigures& step : fit.steps)
    text += step_text(terminal, fmt::format("fitted on (weight {:g})", step.weight), step);
  if (!fit.check) return text + "  not checked on a step they were not fitted on: the log does not reach back so far\n";
  text += step_text(terminal, "check, fitted on steps before", *fit.check);
  text += fit.fell_back
              ? terminal.warning("  The simple count won the check: the model falls back to it, bounded as any other.")
              : "  The fitted weights won the check.";
  return text + "\n";
}

std::string fit_json(const fit::FitResult& fit, const std::string& name) {
  pipeline::JsonText json;
  json.begin_object();
  json.text("model", name);
  json.boolean("fell_back", fit.fell_back);
  json.number("step_days", fit.step_days);
  json.count("candidates", fit.search.tried);
  json.begin_object("constants");
  for (const auto& [constant, value] : score::constants(fit.model)) json.raw(constant, value);
  json.end_object();
  json.begin_array("fitted_on");
  for (const StepFigures& step : fit.steps) add_step(json, "", step);
  json.end_array();
  if (fit.check) {
    add_step(json, "check", *fit.check);
  } else {
    json.null("check");
  }
  json.end_object();
  return std::move(json).take();
}

}  // namespace renown::cli
