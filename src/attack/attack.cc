#include "attack/attack.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "attack/checks.h"
#include "attack/spread.h"
#include "score/model_file.h"

namespace renown::attack {
namespace {

/// The scenarios of one share, through all draws.
class Share {
 public:
  Share(const EventTable& rows, const pipeline::LoadedLists& lists, std::int64_t as_of, const AttackRequest& request,
        std::optional<double> share, ScoreModel model, pipeline::Progress& progress)
      : rows_(rows), lists_(lists), as_of_(as_of), request_(request), progress_(progress) {
    report_.share = share;
    report_.model = std::move(model);
    for (const double percentile : request.percentiles) report_.frontier.push_back({percentile, 0.0, 0.0});
    for (const Scenario& scenario : request.scenarios) {
      const std::size_t bands = scenario.means == Means::bot ? 1 : request.percentiles.size();
      report_.scenarios.push_back({scenario, std::vector<std::vector<Gain>>(bands), {}, {}, false});
    }
  }

  Result<ShareReport> run() {
    for (std::size_t draw = 0; draw < draws(); ++draw) {
      if (auto done = run_draw(draw); !done) return done.error();
    }
    finish_frontier();
    return std::move(report_);
  }

  /// The simple rankings see no list, so one world tells all.
  Result<std::vector<SimpleRanking>> simple_rankings() {
    const World world(rows_, lists_of(0), report_.model, as_of_, request_.threads);
    return price_simple_rankings(world, request_.percentiles);
  }

 private:
  bool is_drawn() const { return report_.share && *report_.share > 0.0; }
  std::size_t draws() const { return is_drawn() ? request_.draws : 1; }

  pipeline::LoadedLists lists_of(std::size_t draw) const {
    pipeline::LoadedLists lists = lists_;
    if (!report_.share) return lists;
    lists.verified.reset();
    if (is_drawn())
      lists.verified = evaluate::draw_verified(rows_, *report_.share, request_.enrolment, request_.seed + draw);
    return lists;
  }

  Result<void> run_draw(std::size_t draw) {
    const std::string stage =
        is_drawn() ? fmt::format("{:g} % verified, draw {}", *report_.share * 100.0, draw + 1) : "attacking";
    progress_.update(stage, 0, report_.scenarios.size(), "scenarios");
    const std::uint64_t seed = request_.seed + draw;
    const World world(rows_, lists_of(draw), report_.model, as_of_, request_.threads);
    if (world.scored().empty())
      return Error{ErrorCode::not_enough_data, "nobody in this log has a score, so there is nobody to attack"};
    describe(world, seed);
    const Targets targets = choose_targets(world, request_.percentiles, request_.targets, seed);
    add_unlimited(world, targets);
    for (std::size_t i = 0; i < report_.scenarios.size(); ++i) {
      progress_.update(stage, i, report_.scenarios.size(), "scenarios");
      if (auto done = run_scenario(world, targets, seed, report_.scenarios[i]); !done) return done;
    }
    return {};
  }

  void describe(const World& world, std::uint64_t seed) {
    report_.is_protected = world.is_protected();
    report_.draws.push_back({.seed = seed,
                             .verified_accounts = world.lists().verified ? world.lists().verified->size() : 0,
                             .verified_mix = world.verified_mix(),
                             .scored_people = world.scored().size(),
                             .flagged_people = static_cast<std::size_t>(std::ranges::count(world.before().farm, true)),
                             .median_points = world.median_points(),
                             .audience = world.audience()});
  }

  Result<void> run_scenario(const World& world, const Targets& targets, std::uint64_t seed, ScenarioReport& report) {
    if (report.scenario.needs_verified && world.verified_engagers().empty()) {
      report.skipped = true;
      return {};
    }
    auto result = run_campaign(world, report.scenario, targets, request_.targets, seed, progress_);
    if (!result) return result.error();
    if (report.scenario.means == Means::own && result->flagged_real + result->spared_real > 0) {
      double& most = report.most_where_searched.emplace(report.most_where_searched.value_or(0.0));
      for (const Gain& gain : result->gains) most = std::max(most, gain.points_gained());
      auto held =
          run_campaign(world, report.scenario, targets, request_.targets, seed, progress_, {.hold_farms = true});
      if (!held) return held.error();
      result->gains = std::move(held->gains);
    }
    add_gains(targets, *result, report);
    report.totals.planted_accounts += result->planted_accounts;
    report.totals.planted_rows += result->planted_rows;
    report.totals.flagged_planted += result->flagged_planted;
    report.totals.flagged_real += result->flagged_real;
    report.totals.spared_real += result->spared_real;
    report.totals.runs += result->runs;
    return {};
  }

  static void add_gains(const Targets& targets, CampaignResult& result, ScenarioReport& report) {
    if (report.scenario.means == Means::bot) {
      std::ranges::move(result.gains, std::back_inserter(report.by_band.front()));
    } else {
      for (std::size_t band = 0; band < targets.bands.size(); ++band) {
        for (const std::size_t target : targets.bands[band].targets)
          report.by_band[band].push_back(result.gains[target]);
      }
    }
  }

  void add_unlimited(const World& world, const Targets& targets) {
    if (!world.is_protected()) return;
    const score::Scale scale(world.model());
    for (std::size_t band = 0; band < targets.bands.size(); ++band) {
      std::vector<double> points;
      for (const std::size_t target : targets.bands[band].targets) {
        const ScoreCard& card = world.card(targets.people[target]);
        points.push_back(scale.points(*card.bound_raw) - scale.points(card.raw));
      }
      report_.frontier[band].unlimited_points += spread_of(points).mean / static_cast<double>(draws());
    }
  }

  void finish_frontier() {
    for (const ScenarioReport& scenario : report_.scenarios) {
      if (scenario.scenario.means != Means::crowd) continue;
      for (std::size_t band = 0; band < scenario.by_band.size(); ++band) {
        std::vector<double> points;
        for (const Gain& gain : scenario.by_band[band]) points.push_back(gain.points_gained());
        report_.frontier[band].observed_points =
            std::max(report_.frontier[band].observed_points, spread_of(points).mean);
      }
    }
  }

  const EventTable& rows_;
  const pipeline::LoadedLists& lists_;
  std::int64_t as_of_;
  const AttackRequest& request_;
  pipeline::Progress& progress_;
  ShareReport report_;
};

}  // namespace

double ShareReport::median_points() const {
  double sum = 0.0;
  for (const DrawReport& draw : draws) sum += draw.median_points;
  return draws.empty() ? 1.0 : sum / static_cast<double>(draws.size());
}

bool AttackReport::promises_held() const {
  return std::ranges::all_of(checks, [](const Check& check) { return check.passed || !check.promise; });
}

Result<AttackReport> attack_log(pipeline::LoadedLog& loaded, const AttackRequest& request,
                                pipeline::Progress& progress) {
  EventTable rows = std::move(loaded.events);
  std::erase_if(rows.events(), [&](const aggregate::Event& row) { return row.time >= loaded.as_of; });
  rows.order_accounts();

  std::vector<std::optional<double>> shares(request.verified_shares.begin(), request.verified_shares.end());
  if (shares.empty()) shares.emplace_back();
  AttackReport report;
  for (const std::optional<double>& share : shares) {
    ScoreModel model = loaded.model;
    if (share && *share != 0.0) {
      auto changed = score::with_verified_share(std::move(model), *share);
      if (!changed) return changed.error();
      model = std::move(*changed);
    }
    Share attacked(rows, loaded.lists, loaded.as_of, request, share, model, progress);
    if (report.simple_rankings.empty()) {
      auto simple = attacked.simple_rankings();
      if (!simple) return simple.error();
      report.simple_rankings = std::move(*simple);
    }
    auto done = attacked.run();
    if (!done) return done.error();
    std::ranges::move(check(*done, request.percentiles), std::back_inserter(report.checks));
    report.shares.push_back(std::move(*done));
  }
  return report;
}

}  // namespace renown::attack
