/// Farm search: unverified accounts that hit many of the same targets in lockstep (docs/scoring/farms.md).
#pragma once

#include <cstdint>
#include <vector>

#include "renown/account.h"
#include "renown/score_model.h"

#include "aggregate/acts.h"

namespace renown::score {

/// One account of a farm, and why it is thought to be one.
struct FarmAccount {
  aggregate::AccountId account = 0;
  aggregate::PersonId person = 0;
  std::uint32_t targets = 0;   ///< of the farm's targets, how many the person hit together with the others
  std::uint32_t lockstep = 0;  ///< its person's acts that fall into the farm's slots
  double share = 0;            ///< of all its person's acts in the window, how many these are; in (0, 1]
  std::int64_t first = 0;      ///< unix seconds, of these acts
  std::int64_t latest = 0;

  bool operator==(const FarmAccount&) const = default;
};

/// A group in lockstep. Persons with several accounts stand with each account that acted.
struct Farm {
  std::vector<FarmAccount> accounts;  ///< in the order of accounts
  std::uint32_t engagers = 0;         ///< persons
  std::uint32_t targets = 0;          ///< persons that were hit in lockstep
  double density = 0;                 ///< share of what could be in lockstep that is (score/lockstep.h), in (0, 1]
  double reference_density = 0;       ///< what honest groups reach, by the model

  bool operator==(const Farm&) const = default;
};

/// Finds the farms in a log, the largest first.
///
/// acts    of the log before as_of
/// spared  by person: verified or pardoned, so never of a farm
/// cost    O(acts log acts) time, about 80 bytes an act; the same result for any order of rows
std::vector<Farm> find_farms(const aggregate::Acts& acts, const std::vector<bool>& spared, const ScoreModel& model,
                             std::int64_t as_of, std::size_t threads = 1);

/// How many accounts the farms have together.
std::uint64_t accounts_in(const std::vector<Farm>& farms);

/// The accounts of all farms, as a list that a later run can be held to.
AccountSet accounts_of(const std::vector<Farm>& farms, const aggregate::AccountTable& accounts);

}  // namespace renown::score
