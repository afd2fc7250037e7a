#include "cli/attack_text.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "attack/spread.h"
#include "evaluate/enrolment.h"

namespace renown::cli {
namespace {

using attack::Gain;
using attack::ScenarioReport;
using attack::ShareReport;
using attack::Spread;

constexpr std::size_t kNameWidth = 26;
constexpr std::size_t kFigureWidth = 7;
constexpr std::size_t kBandFigures = 5;
constexpr std::size_t kGap = 2;

template <class Figure>
Spread spread(const std::vector<Gain>& gains, const Figure& figure) {
  std::vector<double> values;
  for (const Gain& gain : gains) {
    if (const std::optional<double> value = figure(gain)) values.push_back(*value);
  }
  return attack::spread_of(values);
}

std::string cell(std::string_view text) {
  return pad_left(text, kFigureWidth);
}

std::string gained(double points) {
  return cell(fmt::format("{:+.1f}", points == 0.0 ? 0.0 : points));
}

std::string points(double points) {
  return cell(fmt::format("{:.1f}", points));
}

std::string title(const ShareReport& report, const attack::AttackRequest& request) {
  const attack::DrawReport& draw = report.draws.front();
  std::string who = "unprotected: nobody is verified";
  if (report.is_protected && report.share) {
    who = fmt::format("{:g} % verified ({}{})", *report.share * 100.0, evaluate::enrolment_name(request.enrolment),
                      request.draws > 1 ? fmt::format(", {} draws", request.draws) : "");
  } else if (report.is_protected) {
    who = fmt::format("{} verified accounts", grouped(draw.verified_accounts));
  }
  return fmt::format("{} \u00b7 {} \u00b7 {} people with a score, the median person has {:.1f} points",
                     report.model.name, who, grouped(draw.scored_people), report.median_points());
}

/// What the farm search made of it.
std::string findings(const ScenarioReport& report) {
  const attack::CampaignResult& totals = report.totals;
  std::string text;
  const auto add = [&text](const std::string& words) { text += (text.empty() ? "" : ", ") + words; };
  if (totals.flagged_planted > 0) {
    add(fmt::format("found {:.1f} %", 100.0 * static_cast<double>(totals.flagged_planted) /
                                          static_cast<double>(totals.planted_accounts)));
  }
  if (totals.flagged_real > 0) add(fmt::format("{} real people taken for a farm", grouped(totals.flagged_real)));
  if (totals.spared_real > 0) add(fmt::format("{} found before no longer are", grouped(totals.spared_real)));
  return text;
}

std::string notes(const Terminal& terminal, const ScenarioReport& report) {
  const std::string text = findings(report);
  return text.empty() ? "" : "  " + terminal.dim(text);
}

std::string band_cells(const std::vector<Gain>& gains, bool is_protected) {
  const Spread won = spread(gains, [](const Gain& gain) { return std::optional(gain.points_gained()); });
  const Spread bound = spread(gains, [](const Gain& gain) { return gain.bound_after_points; });
  const Spread people = spread(gains, [](const Gain& gain) { return std::optional(gain.equivalent_people); });
  return std::string(kGap, ' ') + gained(won.mean) + (won.upper ? gained(*won.upper) : cell("-")) + gained(won.most) +
         (is_protected ? points(bound.mean) : cell("-")) + cell(brief(people.mean));
}

std::string scenario_table(const Terminal& terminal, const ShareReport& report,
                           const std::vector<double>& percentiles) {
  std::string heads = pad("points gained", kNameWidth);
  std::string columns = pad("", kNameWidth);
  for (const double percentile : percentiles) {
    heads += (heads.size() < kNameWidth + 1 ? std::string() : std::string((kBandFigures - 1) * kFigureWidth, ' ')) +
             std::string(kGap, ' ') + pad_left(attack::band_name(percentile), kFigureWidth);
    columns += std::string(kGap, ' ') + cell("mean") + cell("upper") + cell("most") + cell("bound") + cell("people");
  }
  std::string text;
  for (const ScenarioReport& scenario : report.scenarios) {
    if (scenario.scenario.means == attack::Means::bot) continue;
    text += terminal.accent(pad(scenario.scenario.name, kNameWidth));
    if (scenario.skipped) {
      text += "  skipped: it needs verified people who engage\n";
      continue;
    }
    for (const auto& band : scenario.by_band) text += band_cells(band, report.is_protected);
    text += notes(terminal, scenario) + "\n";
  }
  if (text.empty()) return "";
  return terminal.bold(heads) + "\n" + terminal.dim(columns) + "\n" + text;
}

std::string bot_table(const Terminal& terminal, const ShareReport& report) {
  std::string text;
  for (const ScenarioReport& scenario : report.scenarios) {
    if (scenario.scenario.means != attack::Means::bot) continue;
    const auto& bots = scenario.by_band.front();
    const Spread reached = spread(bots, [](const Gain& gain) { return std::optional(gain.points_after); });
    const Spread people =
        spread(bots, [](const Gain& gain) { return std::optional(static_cast<double>(gain.engagers_after)); });
    text += terminal.accent(pad(scenario.scenario.name, kNameWidth)) + "  " + points(reached.mean) +
            (reached.upper ? points(*reached.upper) : cell("-")) + points(reached.most) + cell(brief(people.mean)) +
            notes(terminal, scenario) + "\n";
  }
  if (text.empty()) return "";
  return "\n" + terminal.bold(pad("points reached", kNameWidth)) + "  " +
         terminal.dim(cell("mean") + cell("upper") + cell("most") + cell("people")) + "\n" + text;
}

std::string frontier_table(const Terminal& terminal, const attack::AttackReport& report) {
  if (report.simple_rankings.empty()) return "";
  std::string heads = pad("points that fakes buy", 34);
  for (const attack::FrontierPoint& point : report.shares.front().frontier)
    heads += pad_left(attack::band_name(point.percentile), 10);
  std::string text = "\n" + terminal.bold(heads) + "\n";
  for (const ShareReport& share : report.shares) {
    const std::string who = !share.is_protected ? "unprotected, most of those planted"
                            : share.share       ? fmt::format("{:g} % verified, unlimited", *share.share * 100.0)
                                                : "the verified list, unlimited";
    text += pad(who, 34);
    for (const attack::FrontierPoint& point : share.frontier)
      text += pad_left(fmt::format("{:+.1f}", share.is_protected ? point.unlimited_points : point.observed_points), 10);
    text += "\n";
  }
  for (const attack::SimpleRanking& ranking : report.simple_rankings) {
    text += pad(ranking.name, 34);
    const std::size_t sizes = ranking.prices.size() / report.shares.front().frontier.size();
    for (std::size_t band = 0; band < report.shares.front().frontier.size(); ++band) {
      std::string prices;
      for (std::size_t i = 0; i < sizes; ++i)
        prices += fmt::format("{}{:+.0f}", i == 0 ? "" : "/", ranking.prices[band * sizes + i].points_gained);
      text += pad_left(prices, 10);
    }
    text += terminal.dim("  for 1,000/10,000") + "\n";
  }
  return text;
}

std::string checks_text(const Terminal& terminal, const std::vector<attack::Check>& checks) {
  std::string text = "\n";
  for (const attack::Check& check : checks) {
    const std::string_view verdict = check.passed ? "pass" : check.promise ? "FAIL" : "missed";
    text += (check.passed ? pad(verdict, 8) : terminal.error(pad(verdict, 8))) + check.text + "\n";
  }
  return text;
}

}  // namespace

std::string attack_text(const Terminal& terminal, const attack::AttackRequest& request,
                        const attack::AttackReport& report) {
  std::string text;
  for (const ShareReport& share : report.shares) {
    text += (text.empty() ? "" : "\n") + terminal.bold(title(share, request)) + "\n\n" +
            scenario_table(terminal, share, request.percentiles) + bot_table(terminal, share);
  }
  return text + frontier_table(terminal, report) + checks_text(terminal, report.checks);
}

}  // namespace renown::cli
