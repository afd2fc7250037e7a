#include "attack/report_json.h"

#include <optional>
#include <string>
#include <utility>

#include "attack/spread.h"
#include "base/time.h"
#include "pipeline/json_text.h"
#include "pipeline/provenance_json.h"
#include "score/model_file.h"

namespace renown::attack {
namespace {

using pipeline::JsonText;

template <class Figure>
std::vector<double> figures(const std::vector<Gain>& gains, const Figure& figure) {
  std::vector<double> result;
  for (const Gain& gain : gains) result.push_back(figure(gain));
  return result;
}

void add_spread(JsonText& json, std::string_view key, const std::vector<double>& values) {
  const Spread spread = spread_of(values);
  json.begin_object(key);
  json.number("mean", spread.mean);
  json.number("mean_upper_95", spread.upper);
  json.number("least", spread.least);
  json.number("most", spread.most);
  json.end_object();
}

/// The largest of a figure that is empty where unprotected.
template <class Figure>
void add_bound(JsonText& json, std::string_view key, const std::vector<Gain>& gains, const Figure& figure) {
  std::vector<double> values;
  for (const Gain& gain : gains) {
    if (const std::optional<double> value = figure(gain)) values.push_back(*value);
  }
  values.empty() ? json.null(key) : add_spread(json, key, values);
}

void add_band(JsonText& json, const std::string& name, const std::vector<Gain>& gains) {
  json.begin_object();
  json.text("band", name);
  json.count("targets", gains.size());
  add_spread(json, "points_before", figures(gains, [](const Gain& gain) { return gain.points_before; }));
  add_spread(json, "points_after", figures(gains, [](const Gain& gain) { return gain.points_after; }));
  add_spread(json, "points_gained", figures(gains, [](const Gain& gain) { return gain.points_gained(); }));
  add_spread(json, "raw_after", figures(gains, [](const Gain& gain) { return gain.raw_after; }));
  add_spread(json, "raw_gained", figures(gains, [](const Gain& gain) { return gain.raw_gained(); }));
  add_spread(json, "equivalent_people", figures(gains, [](const Gain& gain) { return gain.equivalent_people; }));
  add_spread(json, "percentile_before", figures(gains, [](const Gain& gain) { return gain.percentile_before; }));
  add_spread(json, "percentile_after", figures(gains, [](const Gain& gain) { return gain.percentile_after; }));
  add_bound(json, "bound_before", gains, [](const Gain& gain) { return gain.bound_before; });
  add_bound(json, "bound_before_points", gains, [](const Gain& gain) { return gain.bound_before_points; });
  add_bound(json, "bound_after", gains, [](const Gain& gain) { return gain.bound_after; });
  add_bound(json, "bound_after_points", gains, [](const Gain& gain) { return gain.bound_after_points; });
  json.begin_array("each");
  for (const Gain& gain : gains) {
    json.begin_object();
    json.text("network", gain.account.network);
    json.text("account", gain.account.account);
    json.number("raw_before", gain.raw_before);
    json.number("raw_after", gain.raw_after);
    json.number("points_gained", gain.points_gained());
    json.number("bound_before", gain.bound_before);
    json.number("bound_after", gain.bound_after);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void add_scenario(JsonText& json, const ScenarioReport& report, const std::vector<double>& percentiles) {
  json.begin_object();
  json.text("name", report.scenario.name);
  json.text("description", report.scenario.description);
  json.text("means", means_name(report.scenario.means));
  json.boolean("skipped", report.skipped);
  json.count("planted_accounts", report.totals.planted_accounts);
  json.count("planted_rows", report.totals.planted_rows);
  json.count("flagged_planted", report.totals.flagged_planted);
  json.count("flagged_real", report.totals.flagged_real);
  json.count("spared_real", report.totals.spared_real);
  json.count("scorings", report.totals.runs);
  json.number("most_points_where_farms_were_searched", report.most_where_searched);
  json.begin_array("bands");
  for (std::size_t band = 0; band < report.by_band.size() && !report.skipped; ++band) {
    add_band(json, report.scenario.means == Means::bot ? "new account" : band_name(percentiles[band]),
             report.by_band[band]);
  }
  json.end_array();
  json.end_object();
}

void add_draw(JsonText& json, const DrawReport& draw) {
  json.begin_object();
  json.count("seed", draw.seed);
  json.count("verified_accounts", draw.verified_accounts);
  json.number("verified_share_observed", draw.verified_mix);
  json.count("scored_people", draw.scored_people);
  json.count("flagged_people", draw.flagged_people);
  json.number("median_points", draw.median_points);
  json.number("received_per_own_act", draw.audience.received_per_own_act);
  json.number("scored_received_per_own_act", draw.audience.scored_received_per_own_act);
  json.number("scored_received_per_day", draw.audience.scored_received_per_day);
  json.number("scored_engagers", draw.audience.scored_engagers);
  json.end_object();
}

void add_share(JsonText& json, const ShareReport& report, const std::vector<double>& percentiles) {
  json.begin_object();
  json.number("verified_share", report.share);
  json.text("protection", report.is_protected ? "verified" : "unprotected");
  json.text("model", report.model.name);
  json.begin_object("constants");
  for (const auto& [name, value] : score::constants(report.model)) json.raw(name, value);
  json.end_object();
  json.begin_array("draws");
  for (const DrawReport& draw : report.draws) add_draw(json, draw);
  json.end_array();
  json.begin_array("scenarios");
  for (const ScenarioReport& scenario : report.scenarios) add_scenario(json, scenario, percentiles);
  json.end_array();
  json.begin_array("frontier");
  for (const FrontierPoint& point : report.frontier) {
    json.begin_object();
    json.text("band", band_name(point.percentile));
    report.is_protected ? json.number("unlimited_points", point.unlimited_points) : json.null("unlimited_points");
    json.number("observed_points", point.observed_points);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void add_simple_ranking(JsonText& json, const SimpleRanking& ranking) {
  json.begin_object();
  json.text("name", ranking.name);
  json.begin_array("prices");
  for (const SimplePrice& price : ranking.prices) {
    json.begin_object();
    json.text("band", band_name(price.percentile));
    json.count("accounts", price.accounts);
    json.number("points_before", price.points_before);
    json.number("points_gained", price.points_gained);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void add_request(JsonText& json, const AttackRequest& request) {
  json.begin_object("request");
  json.begin_array("verified_shares");
  for (const double share : request.verified_shares) json.number("", share);
  json.end_array();
  json.text("enrolment", evaluate::enrolment_name(request.enrolment));
  json.count("draws", request.draws);
  json.count("targets", request.targets);
  json.begin_array("bands");
  for (const double percentile : request.percentiles) json.number("", percentile);
  json.end_array();
  json.count("seed", request.seed);
  json.end_object();
}

void add_check(JsonText& json, const Check& check) {
  json.begin_object();
  json.text("kind", check.promise ? "promise" : "goal");
  json.boolean("passed", check.passed);
  json.text("text", check.text);
  json.end_object();
}

template <class Items, class Add>
void add_array(JsonText& json, std::string_view key, const Items& items, const Add& add) {
  json.begin_array(key);
  for (const auto& item : items) add(json, item);
  json.end_array();
}

}  // namespace

std::string attack_json(const AttackReport& report, const AttackRequest& request, const pipeline::LoadedLog& loaded,
                        std::string_view program_version) {
  JsonText json;
  json.begin_object();
  json.text("program", "renown");
  json.text("version", program_version);
  json.text("as_of", base::format_time(loaded.as_of));
  pipeline::add_inputs(json, loaded.read);
  pipeline::add_list_file(json, "verified", loaded.lists.verified_file);
  pipeline::add_list_file(json, "people", loaded.lists.people_file);
  pipeline::add_list_file(json, "pardon", loaded.lists.pardon_file);
  add_request(json, request);
  add_array(json, "shares", report.shares,
            [&](JsonText& to, const ShareReport& share) { add_share(to, share, request.percentiles); });
  add_array(json, "simple_rankings", report.simple_rankings, add_simple_ranking);
  add_array(json, "checks", report.checks, add_check);
  json.end_object();
  return std::move(json).take();
}

}  // namespace renown::attack
