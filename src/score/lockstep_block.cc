#include "score/lockstep_block.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace renown::score {
namespace {

constexpr std::size_t kMostRounds = 16;  ///< of letting a block grow and shrink; it settles after two or three
constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();  ///< more than any slot holds

}  // namespace

BlockWeigher::BlockWeigher(const HitTable& table, const LockstepRule& rule, const Meetings& meetings,
                           const std::vector<bool>& found, const std::vector<std::uint32_t>& distinct_targets,
                           SlotFinder& slot_finder)
    : table_(table),
      rule_(rule),
      meetings_(meetings),
      found_(found),
      distinct_targets_(distinct_targets),
      slot_finder_(slot_finder),
      members_on_(table.targets),
      lockstep_targets_(table.engagers),
      mark_(table.engagers) {
  index_engagers();
}

/// The hits of each viable engager on targets that have a viable slot, by target.
void BlockWeigher::index_engagers() {
  const auto counts = [&](const Hit& hit) {
    return meetings_.viable[hit.engager] && meetings_.fullest[hit.target] > 0;
  };
  engager_begin_.assign(table_.engagers + std::size_t{1}, 0);
  for (const Hit& hit : table_.hits) engager_begin_[hit.engager + std::size_t{1}] += counts(hit) ? 1 : 0;
  for (std::uint32_t engager = 0; engager < table_.engagers; ++engager)
    engager_begin_[engager + 1] += engager_begin_[engager];
  hits_of_.resize(engager_begin_.back());
  std::vector<std::uint64_t> next(engager_begin_.begin(), engager_begin_.end() - 1);
  for (Position i = 0; i < table_.hits.size(); ++i) {
    if (counts(table_.hits[i])) hits_of_[next[table_.hits[i].engager]++] = i;
  }
}

LockstepBlock BlockWeigher::settle(const std::vector<std::uint32_t>& start) {
  std::vector<std::uint32_t> members = start;
  LockstepBlock block;
  for (std::size_t round = 0; round < kMostRounds; ++round) {
    block = block_of(members);
    if (block.engagers == members) return block;
    members = block.engagers;
    if (members.size() < rule_.slot_engagers) break;
  }
  return members.size() < rule_.slot_engagers ? LockstepBlock{} : block_of(members);
}

bool BlockWeigher::is_farm(const LockstepBlock& block) const {
  return block.engagers.size() >= rule_.slot_engagers && block.targets >= rule_.block_targets &&
         block.evidence >= rule_.evidence && block.density >= rule_.least_density();
}

/// The slots in which `members` are in lockstep, and everybody who is in enough of them.
LockstepBlock BlockWeigher::block_of(const std::vector<std::uint32_t>& members) {
  for_each_target_of(members, [&](std::uint32_t target) { ++members_on_[target]; });
  const std::vector<Position> member_hits = crowded_hits_of(members);

  LockstepBlock block;
  std::vector<std::uint32_t> met;  // everybody in the slots
  std::uint64_t in_lockstep = 0;
  std::uint64_t possible = 0;
  for (std::size_t begin = 0, end = 0; begin < member_hits.size(); begin = end) {
    const std::uint32_t target = table_.hits[member_hits[begin]].target;
    while (end < member_hits.size() && table_.hits[member_hits[end]].target == target) ++end;
    const std::size_t slots_before = block.slots.size();
    ++look_;
    for (const Slot& slot : lockstep_slots(target, std::span(member_hits).subspan(begin, end - begin))) {
      const std::uint32_t all = slot_finder_.distinct(slot.first, slot.last, found_);
      const std::uint32_t elsewhen = members_on_[target] - slot.engagers;
      block.slots.push_back({target, table_.hits[slot.first].time(), slot.engagers, all - slot.engagers, elsewhen});
      in_lockstep += slot.engagers;
      possible += all + elsewhen;
      for (std::uint64_t i = slot.first; i < slot.last; ++i) {
        const std::uint32_t engager = table_.hits[i].engager;
        const bool first_time = meetings_.viable[engager] && std::exchange(mark_[engager], look_) != look_;
        if (first_time && lockstep_targets_[engager]++ == 0) met.push_back(engager);
      }
    }
    if (block.slots.size() > slots_before) ++block.targets;
  }
  std::ranges::sort(met);
  for (const std::uint32_t engager : met) {
    const std::uint32_t targets = lockstep_targets_[engager];
    if (rule_.enough_targets(targets, distinct_targets_[engager]) && targets >= rule_.block_share * block.targets)
      block.engagers.push_back(engager);
  }
  block.density = possible == 0 ? 0.0 : static_cast<double>(in_lockstep) / static_cast<double>(possible);
  block.evidence = evidence(block.slots);

  for_each_target_of(members, [&](std::uint32_t target) { members_on_[target] = 0; });
  for (const std::uint32_t engager : met) lockstep_targets_[engager] = 0;
  return block;
}

template <class Visit>
void BlockWeigher::for_each_target_of(const std::vector<std::uint32_t>& members, const Visit& visit) const {
  for (const std::uint32_t engager : members) {
    for (std::uint64_t i = engager_begin_[engager]; i < engager_begin_[engager + 1]; ++i) {
      const std::uint32_t target = table_.hits[hits_of_[i]].target;
      if (i == engager_begin_[engager] || target != table_.hits[hits_of_[i - 1]].target) visit(target);
    }
  }
}

/// The members' hits on targets that can hold a slot of theirs, by target and time: all that is looked at of a log when
/// a block is weighed.
std::vector<Position> BlockWeigher::crowded_hits_of(const std::vector<std::uint32_t>& members) const {
  std::vector<Position> hits;
  for (const std::uint32_t engager : members) {
    for (std::uint64_t i = engager_begin_[engager]; i < engager_begin_[engager + 1]; ++i) {
      const std::uint32_t target = table_.hits[hits_of_[i]].target;
      if (meetings_.fullest[target] >= least_in_slot(target)) hits.push_back(hits_of_[i]);
    }
  }
  std::ranges::sort(hits);
  return hits;
}

/// Members that a slot of the target must hold, where members_on_ of them ever acted on it.
std::uint32_t BlockWeigher::least_in_slot(std::uint32_t target) const {
  const auto least = static_cast<std::uint32_t>(std::ceil(rule_.least_density() * members_on_[target]));
  return members_on_[target] < rule_.slot_engagers ? kNever : std::max(least, rule_.slot_engagers);
}

/// Slots of a target that are the members' own: most of the members who ever acted on it did so in the slot, and most
/// of those in the slot are members. An honest burst has the second only for its whole crowd, which comes at all times,
/// and the first only for a selection, which is never most of a slot.
std::vector<Slot> BlockWeigher::lockstep_slots(std::uint32_t target, std::span<const Position> member_hits) {
  std::vector<Slot> slots;
  const std::uint32_t members = members_on_[target];
  slot_finder_.add_slots(member_hits, {table_.target_begin[target], table_.target_begin[target + 1]},
                         least_in_slot(target), rule_.slot_seconds, slots);
  std::erase_if(slots, [&](const Slot& slot) {
    const std::uint32_t all = slot_finder_.distinct(slot.first, slot.last, found_);
    return slot.engagers < rule_.least_density() * (all + members - slot.engagers);
  });
  return slots;
}

/// Each target counts once, at its fullest slot.
double BlockWeigher::evidence(const std::vector<BlockSlot>& slots) const {
  std::vector<std::int64_t> times;
  for (std::size_t i = 0; i < slots.size();) {
    const BlockSlot* fullest = &slots[i];
    for (; i < slots.size() && slots[i].target == fullest->target; ++i) {
      if (slots[i].members > fullest->members) fullest = &slots[i];
    }
    times.push_back(fullest->begin);
  }
  std::ranges::sort(times);
  double sum = 0.0;
  for (std::size_t begin = 0; begin < times.size();) {
    std::size_t end = begin + 1;
    while (end < times.size() && times[end] - times[end - 1] < rule_.sitting_seconds) ++end;
    sum += std::sqrt(static_cast<double>(end - begin));
    begin = end;
  }
  return sum;
}

}  // namespace renown::score
