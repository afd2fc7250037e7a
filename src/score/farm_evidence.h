/// Farm evidence: what is said of each account of a group in lockstep (docs/formats/farm-file.md).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "renown/score_model.h"

#include "score/farm_search.h"
#include "score/lockstep.h"

namespace renown::score {

/// The two searches of a model: by minutes first, then by the hour.
std::array<LockstepRule, 2> lockstep_rules(const ScoreModel& model);

/// What evidence asks of a log beside the hits.
class PersonRecords {
 public:
  virtual ~PersonRecords() = default;
  virtual std::uint64_t acts_in_window(aggregate::PersonId engager) const = 0;
  /// The person's accounts that have acts of any age, rising.
  virtual std::vector<aggregate::AccountId> acting_accounts(aggregate::PersonId engager) const = 0;
};

/// hits, rules  as find_lockstep() took them; targets  of hits are below
std::vector<Farm> describe_farms(std::span<const LockstepBlock> blocks, HitSource& hits, std::uint32_t targets,
                                 std::span<const LockstepRule> rules, const PersonRecords& records);

}  // namespace renown::score
