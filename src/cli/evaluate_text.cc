#include "cli/evaluate_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"

namespace renown::cli {
namespace {

using evaluate::CandidateFigures;
using evaluate::Estimate;
using evaluate::Measure;
using evaluate::Outcome;
using evaluate::SplitReport;

struct FigureColumn {
  std::string_view title;
  Outcome outcome = Outcome::reposters;
  Measure measure = Measure::spearman;
};

constexpr std::size_t kNameWidth = 22;
constexpr std::size_t kFigureWidth = 10;

std::vector<FigureColumn> columns_for(Outcome outcome) {
  std::vector<FigureColumn> columns = {
      {"rho", outcome, Measure::spearman},        {"rho >= 5", outcome, Measure::spearman_engaged},
      {"tau-b", outcome, Measure::kendall},       {"NDCG@100", outcome, Measure::ndcg_100},
      {"NDCG@1000", outcome, Measure::ndcg_1000}, {"P@100", outcome, Measure::precision_100},
      {"partial", outcome, Measure::partial},
  };
  if (outcome == Outcome::reposters) columns.push_back({"reach@100", Outcome::reach, Measure::ndcg_100});
  return columns;
}

std::string_view words_for(Outcome outcome) {
  switch (outcome) {
    case Outcome::engagers:
      return "later engagers";
    case Outcome::reposters:
      return "later reposters";
    case Outcome::reach:
      return "two-hop reach";
    case Outcome::new_engagers:
      return "new engagers";
  }
  return "";
}

const Estimate& figure(const evaluate::EstimateSheet& sheet, const FigureColumn& column) {
  return sheet[static_cast<std::size_t>(column.outcome)][static_cast<std::size_t>(column.measure)];
}

/// ".123": without the zero that says nothing.
std::string brief_figure(double value) {
  std::string text = fmt::format("{:.3f}", value);
  if (text.starts_with("-0.")) text.erase(1, 1);
  if (text.starts_with("0.")) text.erase(0, 1);
  return text == "-.000" ? ".000" : text;
}

/// "+0.012", "-0.012"; never "-0.000".
std::string signed_figure(double value) {
  const std::string text = fmt::format("{:+.3f}", value);
  return text == "-0.000" ? "+0.000" : text;
}

/// Place of the baseline with the largest figure of a column; nothing where none has one.
std::optional<std::size_t> best_baseline(const SplitReport& report, const FigureColumn& column) {
  std::optional<std::size_t> best;
  const auto& candidates = report.comparison.candidates;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto& value = figure(candidates[i].figures, column).value;
    if (candidates[i].is_model || !value) continue;
    if (!best || *value > *figure(candidates[*best].figures, column).value) best = i;
  }
  return best;
}

std::string score_line(const Terminal& terminal, const SplitReport& report, std::size_t candidate,
                       const std::vector<FigureColumn>& columns) {
  const CandidateFigures& figures = report.comparison.candidates[candidate];
  std::string line = pad(base::printable(figures.name), kNameWidth);
  for (const FigureColumn& column : columns) {
    const auto& value = figure(figures.figures, column).value;
    const bool best = best_baseline(report, column) == candidate;
    const std::string cell = pad_left((value ? brief_figure(*value) : "-") + (best ? "*" : " "), kFigureWidth);
    line += best ? terminal.accent(cell) : cell;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return (figures.is_model ? terminal.bold(line) : line) + "\n";
}

/// A model's figures as shares of those of the best baseline of each column.
std::string ratio_line(const Terminal& terminal, const SplitReport& report, std::size_t model,
                       const std::vector<FigureColumn>& columns) {
  std::string line = pad(base::printable(report.comparison.candidates[model].name) + " / *", kNameWidth);
  for (const FigureColumn& column : columns) {
    const auto best = best_baseline(report, column);
    const auto& value = figure(report.comparison.candidates[model].figures, column).value;
    const double against = best ? *figure(report.comparison.candidates[*best].figures, column).value : 0.0;
    const std::string cell = value && against > 0.0 ? fmt::format("{:.3f}", *value / against) : "-";
    line += pad_left(cell + " ", kFigureWidth);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return terminal.dim(line) + "\n";
}

const evaluate::Difference* find_difference(const SplitReport& report, std::size_t model, std::size_t baseline) {
  const auto& differences = report.comparison.differences;
  const auto found = std::ranges::find_if(differences, [&](const auto& difference) {
    return difference.model == model && difference.baseline == baseline;
  });
  return found == differences.end() ? nullptr : &*found;
}

/// The first model against the best baseline of each column, with intervals where there are any.
std::string difference_lines(const Terminal& terminal, const SplitReport& report,
                             const std::vector<FigureColumn>& columns) {
  std::string text;
  for (const FigureColumn& column : columns) {
    const auto best = best_baseline(report, column);
    const evaluate::Difference* difference = best ? find_difference(report, 0, *best) : nullptr;
    if (!difference) continue;
    const Estimate& estimate = figure(difference->figures, column);
    if (!estimate.value) continue;
    text += fmt::format("  {}{}", pad(column.title, 11), pad_left(signed_figure(*estimate.value), 7));
    if (estimate.interval)
      text += pad_left(
          fmt::format("[{}, {}]", signed_figure(estimate.interval->low), signed_figure(estimate.interval->high)), 19);
    text += fmt::format("  {}\n", base::printable(report.comparison.candidates[*best].name));
  }
  if (text.empty()) return text;
  return "\n" +
         terminal.dim(fmt::format("{} minus the best simple ranking of each column (95 % interval)\n",
                                  base::printable(report.comparison.candidates[0].name))) +
         text;
}

std::string split_text(const Terminal& terminal, const evaluate::ExamReport& exam, const SplitReport& report,
                       Outcome outcome) {
  const std::vector<FigureColumn> columns = columns_for(outcome);
  std::string text =
      fmt::format("{}  {}\n{}\n\n", terminal.bold(fmt::format("Split {}", base::printable(report.split.label))),
                  terminal.dim(fmt::format("scores of {} · outcomes until {}", base::format_time(report.split.time),
                                           base::format_time(report.split.until))),
                  fmt::format("{} people, {} of them with 5 engagers or more; {} with {}", grouped(report.people),
                              grouped(report.engaged_people),
                              grouped(report.with_outcome[static_cast<std::size_t>(outcome)]), words_for(outcome)));
  std::string head = pad(words_for(outcome), kNameWidth);
  for (const FigureColumn& column : columns) head += pad_left(std::string(column.title) + " ", kFigureWidth);
  head.erase(head.find_last_not_of(' ') + 1);
  text += terminal.dim(head) + "\n";
  const auto& candidates = report.comparison.candidates;
  for (std::size_t i = 0; i < candidates.size(); ++i) text += score_line(terminal, report, i, columns);
  const bool any_baseline = std::ranges::any_of(candidates, [](const auto& one) { return !one.is_model; });
  for (std::size_t i = 0; any_baseline && i < candidates.size(); ++i) {
    if (candidates[i].is_model) text += ratio_line(terminal, report, i, columns);
  }
  text += difference_lines(terminal, report, columns);
  for (std::size_t i = 0; i < exam.models.size(); ++i) {
    if (!report.r2_followers[i]) continue;
    text += fmt::format("R2 of points against log(1 + followers), {}: {}\n", base::printable(exam.models[i].name),
                        brief_figure(*report.r2_followers[i]));
  }
  return text + "\n";
}

std::string networks_text(const Terminal& terminal, const std::vector<evaluate::NetworkAgreement>& networks) {
  if (networks.empty()) return "";
  std::string text = terminal.bold("Agreement between networks") + "  " +
                     terminal.dim("Spearman of the raw scores of people who are on both") + "\n";
  for (const auto& pair : networks) {
    text += fmt::format("  {} and {}: {} ({} people)\n", base::printable(pair.first), base::printable(pair.second),
                        pair.spearman ? brief_figure(*pair.spearman) : "-", grouped(pair.people));
  }
  return text + "\n";
}

std::string sizes_text(std::string_view label, const evaluate::MoveSizes& sizes) {
  return fmt::format("  {}{}{}{}{}\n", pad(label, kNameWidth), pad_left(fmt::format("{:.2f}", sizes.mean), 8),
                     pad_left(fmt::format("{:.2f}", sizes.p99), 8), pad_left(fmt::format("{:.2f}", sizes.largest), 9),
                     pad_left(grouped(sizes.person_days), 13));
}

std::string moves_text(const Terminal& terminal, const std::vector<evaluate::ModelMoves>& moves) {
  std::string text;
  for (const evaluate::ModelMoves& of_model : moves) {
    text += fmt::format("{}  {}\n", terminal.bold("Daily moves, points"),
                        terminal.dim(fmt::format("{} · {} days from {}", base::printable(of_model.model), of_model.days,
                                                 base::format_time(of_model.from))));
    text +=
        terminal.dim(fmt::format("  {}    mean     p99  largest  person-days", std::string(kNameWidth, ' '))) + "\n";
    text += sizes_text("everybody", of_model.moves.all);
    text += sizes_text("no new act that day", of_model.moves.quiet);
  }
  return text;
}

}  // namespace

std::string exam_text(const Terminal& terminal, const evaluate::ExamReport& report, Outcome outcome) {
  std::string text;
  for (const SplitReport& split : report.splits) text += split_text(terminal, report, split, outcome);
  text += networks_text(terminal, report.networks);
  return text + moves_text(terminal, report.moves);
}

}  // namespace renown::cli
