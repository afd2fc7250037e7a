#include "evaluate/exam.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "evaluate/baselines.h"
#include "evaluate/history.h"
#include "evaluate/measures.h"
#include "evaluate/panel.h"
#include "score/model_file.h"

namespace renown::evaluate {
namespace {

using Verified = ExaminedModel::Verified;

Error stopped() {
  return {ErrorCode::cancelled, "stopped; nothing was written"};
}

/// What a model makes of everybody at a split.
struct Scored {
  std::vector<double> raw;     ///< by person
  std::vector<double> points;  ///< by person; -1 where there is no score
};

/// One exam of one log.
class Exam {
 public:
  Exam(aggregate::EventTable events, const pipeline::LoadedLists& lists, const ScoreModel& model,
       const ExamRequest& request, pipeline::Progress& progress)
      : events_(std::move(events)), lists_(lists), model_(model), request_(request), progress_(progress) {
    events_.order_accounts();  // once, so that the copy of each run has nothing left to order
  }

  Result<ExamReport> run() {
    auto models = examined_models(request_, lists_, model_);
    if (!models) return models.error();
    report_.models = std::move(*models);
    for (const Split& split : request_.splits) {
      auto examined = examine(split);
      if (!examined) return examined.error();
      report_.splits.push_back(std::move(*examined));
    }
    if (auto done = compare_networks(); !done) return done.error();
    if (auto done = measure_moves(); !done) return done.error();
    return std::move(report_);
  }

 private:
  Result<SplitReport> examine(const Split& split) {
    progress_.update(fmt::format("split {}", split.label), 0, 0, "steps");
    SplitReport report;
    report.split = split;
    const History history = history_at(events_, lists_, model_, split.time);
    const Outcomes outcomes = outcomes_after(history, acts_before(events_, lists_, model_, split.until), split);
    const Panel panel = make_panel(history, outcomes, request_.seed);
    if (auto enough = count(report, panel, history, outcomes); !enough) return enough.error();

    std::vector<Candidate> candidates;
    for (const ExaminedModel& model : report_.models) {
      Candidate& candidate = candidates.emplace_back(Candidate{.name = model.name, .is_model = true, .draws = {}});
      std::vector<std::vector<double>> points;
      for (std::size_t draw = 0; draw < draws_of(model); ++draw) {
        if (progress_.cancelled()) return stopped();
        progress_.update(fmt::format("split {}: {}", split.label, model.name), draw, draws_of(model), "runs");
        const auto scored = score(model, draw, split.time, report.fitted);
        if (!scored) return scored.error();
        candidate.draws.push_back(on_panel(panel, scored->raw));
        points.push_back(on_panel(panel, scored->points));
      }
      report.r2_followers.push_back(r2_with_followers(history, panel, points));
    }
    if (progress_.cancelled()) return stopped();
    progress_.update(fmt::format("split {}: baselines", split.label), 0, 0, "steps");
    for (const Baseline& baseline : baselines(history, request_.baselines, request_.threads))
      candidates.push_back({.name = baseline.name, .is_model = false, .draws = {on_panel(panel, baseline.value)}});

    auto comparison = compare(panel, candidates, request_.bootstrap, request_.seed, request_.threads,
                              fmt::format("split {}: samples", split.label), progress_);
    if (!comparison) return comparison.error();
    report.comparison = std::move(*comparison);
    return report;
  }

  Result<void> count(SplitReport& report, const Panel& panel, const History& history, const Outcomes& outcomes) const {
    const std::string at = fmt::format("split {} ({})", report.split.label, base::format_time(report.split.time));
    if (panel.people.empty())
      return Error{ErrorCode::not_enough_data, at + ": nobody had been engaged with before it; choose a later one"};
    report.people = panel.people.size();
    report.engaged_people =
        static_cast<std::size_t>(std::ranges::count_if(panel.engagers, [](double n) { return n >= kEngaged; }));
    for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome)
      report.with_outcome[outcome] =
          static_cast<std::size_t>(std::ranges::count_if(panel.outcomes[outcome], [](double n) { return n > 0.0; }));
    if (report.with_outcome[static_cast<std::size_t>(Outcome::engagers)] == 0)
      return Error{ErrorCode::not_enough_data,
                   fmt::format("{}: none of the {} people known by then was engaged with between it and {}; choose an "
                               "earlier split or a later end",
                               at, report.people, base::format_time(report.split.until))};
    report.acts_before = history.log.acts.size();
    report.acts_after = outcomes.acts;
    report.posts_known = posts_are_known(history);
    return {};
  }

  std::size_t draws_of(const ExaminedModel& model) const {
    return model.verified == Verified::drawn ? request_.draws : 1;
  }

  /// The lists that a model of the exam goes by at a time.
  pipeline::LoadedLists lists_of(const ExaminedModel& model, std::size_t draw, std::int64_t time) const {
    pipeline::LoadedLists lists = lists_;
    if (model.verified == Verified::drawn) {
      aggregate::EventTable before = events_;
      std::erase_if(before.events(), [&](const aggregate::Event& row) { return row.time >= time; });
      lists.verified = draw_verified(before, model.verified_share, request_.enrolment, request_.seed + draw);
    }
    if (model.verified == Verified::nobody) lists.verified.reset();
    return lists;
  }

  Result<Scored> score(const ExaminedModel& model, std::size_t draw, std::int64_t time,
                       std::vector<FittedModel>& all_fitted) const {
    const pipeline::LoadedLists lists = lists_of(model, draw, time);
    ScoreModel constants = model.model;
    if (model.is_fitted) {
      auto fitted = request_.fit(events_, lists, model.model, time);
      if (!fitted) return fitted.error();
      constants = std::move(*fitted);
      all_fitted.push_back({model.name, draw, constants});
    }
    const score::ScoreRun run = pipeline::score_events(events_, lists, constants, time, request_.threads);
    Scored scored;
    for (score::PersonId person = 0; person < run.log.people.size(); ++person) {
      const ScoreCard& card = run.cards[person];
      scored.raw.push_back(card.raw);
      scored.points.push_back(card.score.value_or(-1.0));
    }
    return scored;
  }

  /// The mean over draws; nothing without follow rows.
  static std::optional<double> r2_with_followers(const History& history, const Panel& panel,
                                                 const std::vector<std::vector<double>>& draws) {
    if (history.followers.empty()) return std::nullopt;
    const std::vector<double> followers = on_panel(panel, history.followers);
    double sum = 0.0;
    for (const std::vector<double>& points : draws) {
      std::vector<double> x, y;
      for (std::size_t i = 0; i < points.size(); ++i) {
        if (points[i] < 0.0) continue;
        x.push_back(std::log1p(followers[i]));
        y.push_back(points[i]);
      }
      const auto r2 = r_squared(x, y);
      if (!r2) return std::nullopt;
      sum += *r2;
    }
    return sum / static_cast<double>(draws.size());
  }

  std::int64_t last_split() const { return std::ranges::max_element(request_.splits, {}, &Split::time)->time; }

  Result<void> compare_networks() {
    if (progress_.cancelled()) return stopped();
    const ExaminedModel& first = report_.models.front();
    progress_.update("agreement between networks", 0, 0, "steps");
    report_.networks =
        network_agreement(events_, lists_of(first, 0, last_split()), first.model, last_split(), request_.threads);
    return {};
  }

  Result<void> measure_moves() {
    const std::int64_t end = last_split();
    const std::int64_t first_row = std::ranges::min_element(events_.events(), {}, &aggregate::Event::time)->time;
    const auto whole_days = static_cast<std::size_t>((end - first_row) / base::kSecondsPerDay);
    const std::size_t days = std::min(request_.move_days, whole_days);
    if (days == 0) return {};
    const std::int64_t from = end - static_cast<std::int64_t>(days) * base::kSecondsPerDay;
    for (const ExaminedModel& model : report_.models) {
      if (&model != &report_.models.front() && &model != &report_.models.back()) continue;
      auto moves = daily_moves(events_, lists_of(model, 0, end), model.model, from, days, request_.threads, progress_);
      if (!moves) return moves.error();
      report_.moves.push_back({model.name, from, days, *moves});
    }
    return {};
  }

  aggregate::EventTable events_;
  const pipeline::LoadedLists& lists_;
  const ScoreModel& model_;
  const ExamRequest& request_;
  pipeline::Progress& progress_;
  ExamReport report_;
};

/// Before the last of `models`, each of them once more, to be fitted.
void add_fitted(std::vector<ExaminedModel>& models) {
  std::vector<ExaminedModel> fitted = models;
  for (ExaminedModel& model : fitted) {
    model.name = "fitted, " + model.name;
    model.is_fitted = true;
  }
  models.insert(models.end() - 1, fitted.begin(), fitted.end());
}

}  // namespace

Result<LogSpan> log_span(const aggregate::EventTable& events, std::int64_t end) {
  if (events.events().empty())
    return Error{ErrorCode::not_enough_data, "the log holds no interaction, so there is nothing to examine"};
  return LogSpan{std::ranges::min_element(events.events(), {}, &aggregate::Event::time)->time, end};
}

Result<std::vector<ExaminedModel>> examined_models(const ExamRequest& request, const pipeline::LoadedLists& lists,
                                                   const ScoreModel& model) {
  std::vector<ExaminedModel> models;
  if (lists.verified) models.push_back({"verified list", Verified::listed, model});
  for (const double share : request.verified_shares) {
    auto with_share = score::with_verified_share(model, share);
    if (!with_share) return with_share.error();
    std::string name = fmt::format("{:g} % verified", share * 100.0);
    if (request.enrolment != Enrolment::random) name += fmt::format(", {}", enrolment_name(request.enrolment));
    models.push_back({std::move(name), Verified::drawn, std::move(*with_share), share});
  }
  models.push_back({"unprotected", Verified::nobody, model});
  if (request.fit) add_fitted(models);
  return models;
}

Result<ExamReport> run_exam(aggregate::EventTable events, const pipeline::LoadedLists& lists, const ScoreModel& model,
                            const ExamRequest& request, pipeline::Progress& progress) {
  return Exam(std::move(events), lists, model, request, progress).run();
}

}  // namespace renown::evaluate
