/// Campaign: one scenario tried on all targets, and what each of them gained.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "attack/scenario.h"
#include "attack/targets.h"
#include "attack/world.h"
#include "pipeline/progress.h"

namespace renown::attack {

/// What an attack did to one target. Raw scores count people; points are P of them, for people below the floor too.
struct Gain {
  Account account;
  double raw_before = 0.0;
  double raw_after = 0.0;
  double points_before = 1.0;
  double points_after = 1.0;
  std::optional<double> bound_before;         ///< V + C as printed before the attack; empty where unprotected
  std::optional<double> bound_after;          ///< of the attacked run
  std::optional<double> bound_before_points;  ///< P of them
  std::optional<double> bound_after_points;
  double equivalent_people = 0.0;
  double percentile_before = 0.0;  ///< among the scored people of the run without attacks
  double percentile_after = 0.0;
  std::uint64_t engagers_after = 0;  ///< people inside the window; 0 for an account that nobody engaged with

  double raw_gained() const { return raw_after - raw_before; }
  double points_gained() const { return points_after - points_before; }
};

struct CampaignResult {
  std::vector<Gain> gains;  ///< by target; for bots by bot
  std::uint64_t planted_accounts = 0;
  std::uint64_t planted_rows = 0;
  std::uint64_t flagged_planted = 0;  ///< of planted_accounts, found to be part of a farm
  std::uint64_t flagged_real = 0;     ///< people of the log that are flagged now and were not before
  std::uint64_t spared_real = 0;      ///< people of the log that were flagged before and are not now
  std::size_t runs = 0;               ///< how many scorings it took
};

struct CampaignOptions {
  // Limits of one scoring: more targets go into another one.
  std::size_t rows = 4'000'000;   ///< planted rows; a single plot may have more
  std::size_t targets = 100'000;  ///< 1: one at a time

  bool hold_farms = false;  ///< go by the farms of the run before, instead of searching anew
};

/// Tries a scenario on every target, each with planted accounts of its own, as many targets as possible in one scoring.
///
/// That is exact (up to the order of sums, and to what the farm search makes of many farms at once): an act changes
/// only the raw score of its target and, where its actor is verified, that of people whom its target engaged with. So
/// two plots share a scoring only if neither has a planted act on the other's target, or a verified planted act on
/// somebody who engages with the other's target.
///
/// bots     how many accounts to make where the scenario is about one that does not exist yet
/// cost     about one scoring of the log and the planted rows; more where plots cannot share
/// errors   cancelled
Result<CampaignResult> run_campaign(const World& world, const Scenario& scenario, const Targets& targets,
                                    std::size_t bots, std::uint64_t seed, pipeline::Progress& progress,
                                    const CampaignOptions& options = {});

}  // namespace renown::attack
