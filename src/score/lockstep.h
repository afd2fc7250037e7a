/// Lockstep: groups of engagers that hit many of the same targets at the same times (docs/scoring/farms.md).
///
/// Numbers only: who acted on whom and when. What an account or a network is stands in farm_search.h.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/spill_area.h"
#include "score/hit_source.h"

namespace renown::score {

/// How one search goes about it; the constants are those of the model file. A model has two: for crowds that are
/// delivered within minutes, and for crowds within an hour whose accounts serve nearly all of the customers.
struct LockstepRule {
  std::int64_t slot_seconds = 0;      ///< acts on one target within so long of each other are at the same time
  std::int64_t sitting_seconds = 0;   ///< slots closer than this are one sitting
  double reference_density = 0;       ///< what honest groups reach
  double margin = 1;                  ///< a block must be so many times as dense as the reference
  double evidence = 0;                ///< least LockstepBlock::evidence
  double block_share = 0;             ///< of a block's targets, how many each of its engagers must hit in lockstep
  double account_share = 0;           ///< of an engager's targets, how many must be in lockstep with the block
  std::uint32_t account_targets = 0;  ///< the same as a number; also the fewest that are searched
  std::uint32_t block_targets = 0;    ///< fewer are an event, no farm
  std::uint32_t slot_engagers = 0;    ///< fewer in a slot are no crowd

  double least_density() const { return reference_density * margin; }

  /// Whether somebody with that many targets in all is in lockstep on enough of them.
  bool enough_targets(std::uint32_t in_lockstep, std::uint32_t in_all) const {
    return in_lockstep >= account_targets && in_lockstep >= account_share * in_all;
  }
};

/// The time at which a block hit one of its targets.
struct BlockSlot {
  std::uint32_t target = 0;
  std::int64_t begin = 0;      ///< the slot is [begin, begin + slot_seconds)
  std::uint32_t members = 0;   ///< of the block, in the slot
  std::uint32_t others = 0;    ///< in the slot, not of the block
  std::uint32_t elsewhen = 0;  ///< of the block, on this target at other times only
};

struct LockstepBlock {
  std::size_t rule = 0;                 ///< which one found it
  std::vector<std::uint32_t> engagers;  ///< rising
  std::vector<BlockSlot> slots;         ///< by target, then time; several where a target was hit several times
  std::uint32_t targets = 0;

  /// Of all (engager, slot) that could be in lockstep, how many are: the sum of members over the sum of members, others
  /// and elsewhen. In (0, 1].
  double density = 0;

  /// Targets, where those of one sitting count for the square root of their number only: who is online at the same time
  /// meets many of the same people once, a farm does so again and again.
  double evidence = 0;
};

/// Finds the blocks, the largest first: by the first rule, then by the second among those whom the first left, and so
/// on.
///
/// hits      engagers below suspects.size(). Targets on which fewer than slot_engagers suspects ever act within the
///           longest slot cannot be of a block: their hits may be left out
/// suspects  by engager: who can be of a block. Others count as bystanders, and so do those who have fewer targets than
///           account_targets of the first rule
/// distinct_targets  by engager: different targets of all their hits, also of those that were left out
/// targets   of hits are below
/// area      for hits that are read more than once
/// cost      O(n log n) time; memory 8 bytes an engager and target, and about 60 bytes for each hit on targets at which
///           enough viable engagers meet (score/lockstep_viability.h): of an honest log next to none. The result
///           depends on the arguments alone, not on area and threads
std::vector<LockstepBlock> find_lockstep(HitSource& hits, std::vector<bool> suspects,
                                         const std::vector<std::uint32_t>& distinct_targets, std::uint32_t targets,
                                         std::span<const LockstepRule> rules, base::SpillArea& area,
                                         std::size_t threads);

/// The same of hits that are in memory, sorted by (target, time, engager), where none was left out.
std::vector<LockstepBlock> find_lockstep(std::span<const Hit> hits, std::vector<bool> suspects, std::uint32_t targets,
                                         std::span<const LockstepRule> rules, std::size_t threads = 1);

/// By engager: different targets of hits sorted by (target, time, engager).
std::vector<std::uint32_t> count_distinct_targets(std::span<const Hit> hits, std::size_t engagers);

}  // namespace renown::score
