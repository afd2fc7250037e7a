/// Attack: many scenarios, for each share of verified people, and whether promises and goals held.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "attack/campaign.h"
#include "attack/scenario.h"
#include "attack/simple_rankings.h"
#include "evaluate/enrolment.h"
#include "pipeline/progress.h"
#include "pipeline/score_log.h"

namespace renown::attack {

struct AttackRequest {
  /// Shares of verified people, each with a model of kappa = 1 / share; 0: no list at all, unprotected.
  /// Empty: the list and the model as they were loaded.
  std::vector<double> verified_shares;
  evaluate::Enrolment enrolment = evaluate::Enrolment::random;
  std::size_t draws = 1;  ///< of verified people for each share; draw d has seed + d
  std::size_t targets = 20;
  std::vector<double> percentiles = {50.0, 90.0, 99.0};
  std::vector<Scenario> scenarios;
  std::uint64_t seed = 1;
  std::size_t threads = 1;
};

/// One log with one draw of verified people.
struct DrawReport {
  std::uint64_t seed = 0;
  std::size_t verified_accounts = 0;
  double verified_mix = 0.0;  ///< observed share of verified people among engagers
  std::size_t scored_people = 0;
  std::size_t flagged_people = 0;  ///< found to be part of a farm before anything is planted
  double median_points = 0.0;
  Audience audience;
};

/// One scenario at one share; the gains of all draws together.
struct ScenarioReport {
  Scenario scenario;
  std::vector<std::vector<Gain>> by_band;  ///< as the percentiles of the request; one "band" for bots
  CampaignResult totals;                   ///< of all draws; its gains are empty
  /// Own acts that change what the farm search finds are tried again with the farms of the run before held, as the
  /// promise has it; the gains are those. Here is the most points that somebody gained where they were searched anew.
  std::optional<double> most_where_searched;
  bool skipped = false;  ///< it needs verified people, and there are none
};

/// The most that crowds of unverified accounts buy, by percentile: the figure to hold against what a score predicts.
struct FrontierPoint {
  double percentile = 0.0;
  double unlimited_points = 0.0;  ///< mean of P(bound) - P(S): what ever so many accounts could buy
  double observed_points = 0.0;   ///< largest mean over the crowds that were planted
};

struct ShareReport {
  std::optional<double> share;  ///< empty: the operator's own list
  ScoreModel model;
  bool is_protected = false;
  std::vector<DrawReport> draws;
  std::vector<ScenarioReport> scenarios;
  std::vector<FrontierPoint> frontier;

  double median_points() const;  ///< mean over the draws
};

struct Check {
  bool promise = false;  ///< of the model: a failure is a defect. Else a goal, that one may miss
  bool passed = false;
  std::string text;
};

struct AttackReport {
  std::vector<ShareReport> shares;
  std::vector<SimpleRanking> simple_rankings;
  std::vector<Check> checks;

  bool promises_held() const;
};

/// Runs it all. `loaded` gives its rows away and keeps the rest.
///
/// errors  not_enough_data where nobody has a score; cancelled; usage for a share outside 0..1
Result<AttackReport> attack_log(pipeline::LoadedLog& loaded, const AttackRequest& request,
                                pipeline::Progress& progress);

}  // namespace renown::attack
