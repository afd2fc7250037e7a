#include "evaluate/exam_json.h"

#include <cmath>

#include <fmt/format.h>

#include "base/time.h"
#include "evaluate/baselines.h"
#include "pipeline/json_text.h"
#include "pipeline/provenance_json.h"
#include "score/model_file.h"

namespace renown::evaluate {
namespace {

using pipeline::JsonText;

/// Six places after the point; NaN is null.
void add_figure(JsonText& json, std::string_view key, double value) {
  if (std::isnan(value)) return json.null(key);
  const double rounded = std::round(value * 1e6) / 1e6;
  json.number(key, rounded == 0.0 ? 0.0 : rounded);  // no -0
}

void add_figure(JsonText& json, std::string_view key, const std::optional<double>& value) {
  value ? add_figure(json, key, *value) : json.null(key);
}

std::string rounded(double value) {
  const double figure = std::round(value * 1e6) / 1e6;
  return fmt::format("{}", figure == 0.0 ? 0.0 : figure);
}

/// {"value": v, "interval": [low, high]} on one line.
void add_estimate(JsonText& json, std::string_view key, const Estimate& estimate) {
  if (!estimate.value) return json.null(key);
  const std::string interval =
      estimate.interval ? fmt::format("[{}, {}]", rounded(estimate.interval->low), rounded(estimate.interval->high))
                        : "null";
  json.raw(key, fmt::format(R"({{"value": {}, "interval": {}}})", rounded(*estimate.value), interval));
}

void add_estimates(JsonText& json, const EstimateSheet& sheet) {
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    json.begin_object(kOutcomeNames[outcome]);
    for (std::size_t measure = 0; measure < kMeasures; ++measure)
      add_estimate(json, kMeasureNames[measure], sheet[outcome][measure]);
    json.end_object();
  }
}

void add_sheet(JsonText& json, std::string_view key, const Sheet& sheet) {
  json.begin_object(key);
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    json.begin_object(kOutcomeNames[outcome]);
    for (std::size_t measure = 0; measure < kMeasures; ++measure)
      add_figure(json, kMeasureNames[measure], sheet[outcome][measure]);
    json.end_object();
  }
  json.end_object();
}

void add_model(JsonText& json, const ExaminedModel& model) {
  json.begin_object();
  json.text("name", model.name);
  json.text("model", model.model.name);
  json.boolean("is_fitted", model.is_fitted);
  if (model.verified == ExaminedModel::Verified::drawn) json.number("verified_share", model.verified_share);
  json.begin_object("constants");
  for (const auto& [name, value] : score::constants(model.model)) json.raw(name, value);
  json.end_object();
  json.end_object();
}

void add_candidate(JsonText& json, const CandidateFigures& candidate) {
  json.begin_object();
  json.text("name", candidate.name);
  json.boolean("is_model", candidate.is_model);
  json.begin_object("figures");
  add_estimates(json, candidate.figures);
  json.end_object();
  if (candidate.draws.size() > 1) {
    add_sheet(json, "standard_deviation_between_draws", candidate.deviation);
    json.begin_array("draws");
    for (const Sheet& draw : candidate.draws) add_sheet(json, "", draw);
    json.end_array();
  }
  json.end_object();
}

void add_split(JsonText& json, const ExamReport& exam, const SplitReport& report) {
  json.begin_object();
  json.text("split", report.split.label);
  json.text("time", base::format_time(report.split.time));
  json.text("until", base::format_time(report.split.until));
  json.count("people", report.people);
  json.count("people_with_5_engagers", report.engaged_people);
  json.begin_object("people_with_outcome");
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome)
    json.count(kOutcomeNames[outcome], report.with_outcome[outcome]);
  json.end_object();
  json.count("acts_before", report.acts_before);
  json.count("acts_after", report.acts_after);
  json.text("h_index_counts", report.posts_known ? "posts" : "engagers");
  json.begin_object("r2_points_log_followers");
  for (std::size_t i = 0; i < exam.models.size(); ++i) add_figure(json, exam.models[i].name, report.r2_followers[i]);
  json.end_object();
  json.begin_array("fitted");
  for (const FittedModel& fitted : report.fitted) {
    json.begin_object();
    json.text("name", fitted.examined);
    json.count("draw", fitted.draw);
    json.begin_object("constants");
    for (const auto& [name, value] : score::constants(fitted.model)) json.raw(name, value);
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.begin_array("scores");
  for (const CandidateFigures& candidate : report.comparison.candidates) add_candidate(json, candidate);
  json.end_array();
  json.begin_array("differences");
  for (const Difference& difference : report.comparison.differences) {
    json.begin_object();
    json.text("model", report.comparison.candidates[difference.model].name);
    json.text("minus", report.comparison.candidates[difference.baseline].name);
    json.begin_object("figures");
    add_estimates(json, difference.figures);
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void add_networks(JsonText& json, const std::vector<NetworkAgreement>& networks) {
  json.begin_array("agreement_between_networks");
  for (const NetworkAgreement& pair : networks) {
    json.begin_object();
    json.text("first", pair.first);
    json.text("second", pair.second);
    json.count("people", pair.people);
    add_figure(json, "spearman", pair.spearman);
    json.end_object();
  }
  json.end_array();
}

void add_sizes(JsonText& json, std::string_view key, const MoveSizes& sizes) {
  json.begin_object(key);
  json.count("person_days", sizes.person_days);
  add_figure(json, "mean", sizes.mean);
  add_figure(json, "p99", sizes.p99);
  add_figure(json, "largest", sizes.largest);
  json.end_object();
}

void add_moves(JsonText& json, const std::vector<ModelMoves>& moves) {
  json.begin_array("daily_moves");
  for (const ModelMoves& of_model : moves) {
    json.begin_object();
    json.text("model", of_model.model);
    json.text("from", base::format_time(of_model.from));
    json.count("days", of_model.days);
    add_sizes(json, "all", of_model.moves.all);
    add_sizes(json, "no_new_act", of_model.moves.quiet);
    add_sizes(json, "no_new_act_fresh_bursts", of_model.moves.fresh_bursts);
    add_sizes(json, "no_new_act_leaving_bursts", of_model.moves.leaving_bursts);
    json.count("scores_gained", of_model.moves.scores_gained);
    json.count("scores_lost", of_model.moves.scores_lost);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string exam_json(const ExamReport& report, const ExamRequest& request, const pipeline::ReadSummary& read,
                      const pipeline::LoadedLists& lists, std::string_view program_version) {
  JsonText json;
  json.begin_object();
  json.text("program", "renown");
  json.text("version", program_version);
  json.count("seed", request.seed);
  json.text("enrolment", enrolment_name(request.enrolment));
  json.count("draws", request.draws);
  json.count("bootstrap_samples", request.bootstrap);
  pipeline::add_inputs(json, read);
  pipeline::add_list_file(json, "verified", lists.verified_file);
  pipeline::add_list_file(json, "people", lists.people_file);
  pipeline::add_list_file(json, "pardon", lists.pardon_file);
  json.begin_array("models");
  for (const ExaminedModel& model : report.models) add_model(json, model);
  json.end_array();
  json.begin_array("splits");
  for (const SplitReport& split : report.splits) add_split(json, report, split);
  json.end_array();
  add_networks(json, report.networks);
  add_moves(json, report.moves);
  json.end_object();
  return std::move(json).take();
}

}  // namespace renown::evaluate
