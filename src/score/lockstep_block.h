/// BlockWeigher: from some engagers to the group that is in lockstep with them, and whether it is a farm
/// (docs/scoring/farms.md, the statistic). For lockstep.cc.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "score/lockstep_slots.h"
#include "score/lockstep_viability.h"

namespace renown::score {

/// One for each rule. Looks at the hits of viable engagers alone; while it is used, engagers may cease to be viable and
/// come to be found.
class BlockWeigher {
 public:
  /// All must outlive the weigher.
  BlockWeigher(const HitTable& table, const LockstepRule& rule, const Meetings& meetings,
               const std::vector<bool>& found, const std::vector<std::uint32_t>& distinct_targets,
               SlotFinder& slot_finder);

  /// Lets a group grow and shrink until it holds exactly those who are in lockstep with it; an empty block if nobody
  /// is.
  LockstepBlock settle(const std::vector<std::uint32_t>& start);

  bool is_farm(const LockstepBlock& block) const;

 private:
  void index_engagers();
  LockstepBlock block_of(const std::vector<std::uint32_t>& members);
  template <class Visit>
  void for_each_target_of(const std::vector<std::uint32_t>& members, const Visit& visit) const;
  std::vector<Position> crowded_hits_of(const std::vector<std::uint32_t>& members) const;
  std::uint32_t least_in_slot(std::uint32_t target) const;
  std::vector<Slot> lockstep_slots(std::uint32_t target, std::span<const Position> member_hits);
  double evidence(const std::vector<BlockSlot>& slots) const;

  const HitTable& table_;
  const LockstepRule& rule_;
  const Meetings& meetings_;
  const std::vector<bool>& found_;
  const std::vector<std::uint32_t>& distinct_targets_;
  SlotFinder& slot_finder_;

  std::vector<std::uint64_t> engager_begin_;
  std::vector<Position> hits_of_;  ///< of engager e, rising: [engager_begin_[e], engager_begin_[e + 1])

  // Room to work in, all 0 between uses.
  std::vector<std::uint32_t> members_on_;        ///< by target: how many of that block ever acted on it
  std::vector<std::uint32_t> lockstep_targets_;  ///< by engager: in how many of that block's targets
  std::vector<std::uint64_t> mark_;              ///< by engager: the look at a target at which they were last met
  std::uint64_t look_ = 0;
};

}  // namespace renown::score
