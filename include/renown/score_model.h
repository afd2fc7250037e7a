/// ScoreModel: every constant of a score. The model file says unit, reason and source of each (models/renown-0.1.toml).
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "renown/interaction.h"

namespace renown {

/// Raw scores of a published log, against which percentiles are read.
struct ReferenceQuantiles {
  std::string source;           ///< which log, which accounts, which mode
  std::vector<double> percent;  ///< rising, in [0, 100]
  std::vector<double> raw;      ///< raw score at that percent, never falling

  bool empty() const { return percent.empty(); }
};

struct ScoreModel {
  std::string name;  ///< "renown-0.1", with "~h=14" or "~rho=0.2" behind it where the caller changed a constant

  double window_days = 0;           ///< W: acts older than this are forgotten
  double half_life_fast_days = 0;   ///< h_fast
  double half_life_loyal_days = 0;  ///< h_loyal
  double half_life_slow_days = 0;   ///< h_slow
  double loyal_span_days = 0;       ///< first and latest act further apart than this make an engager loyal
  double fast_share = 0;            ///< b1
  double loyal_share = 0;           ///< b2
  double slow_share = 0;            ///< b3; the three sum to 1
  double provoked_days = 0;         ///< replies within this time after being addressed are provoked

  double verified_share = 0;   ///< rho: the share of people that is verified; kappa = 1 / rho
  double room_base_share = 0;  ///< c0 = this share of kappa
  double standing_weight = 0;  ///< mu, in [0, 1]

  double farm_slot_seconds = 0;       ///< acts on one target within so long of each other are at the same time
  double farm_sitting_seconds = 0;    ///< lockstep on several targets closer than this is one sitting
  double farm_slot_engagers = 0;      ///< fewer in a slot are no crowd
  double farm_account_targets = 0;    ///< accounts with fewer targets are not searched
  double farm_account_share = 0;      ///< of an account's targets, how many must be in lockstep
  double farm_targets = 0;            ///< a farm hits at least so many targets
  double farm_evidence = 0;           ///< targets in lockstep, those of one sitting under a square root
  double farm_reference_density = 0;  ///< how much of what honest groups do is in lockstep
  double farm_margin = 0;             ///< a farm is so many times as dense as the reference

  double farm_wide_slot_seconds = 0;  ///< the same for the search by the hour
  double farm_wide_sitting_seconds = 0;
  double farm_wide_evidence = 0;
  double farm_wide_reference_density = 0;
  double farm_wide_margin = 0;
  double farm_wide_block_share = 0;  ///< of a farm's targets, how many each account must hit in lockstep

  double scale_unit = 0;        ///< s0
  double scale_top = 0;         ///< S_top: the raw score worth 100 points
  double minimum_engagers = 0;  ///< fewer distinct engagers in the window: not enough data

  std::array<double, kEngagementKinds> kind_weight{};  ///< w_kind in (0, 1], never rising along the order of kinds
  std::map<std::string, double> network_weight;        ///< a_n in (0, 1]; a network that is not listed weighs 1

  ReferenceQuantiles quantiles_unprotected;
  ReferenceQuantiles quantiles_verified;

  double kappa() const { return 1.0 / verified_share; }
  double room_base() const { return room_base_share * kappa(); }  ///< c0
};

}  // namespace renown
