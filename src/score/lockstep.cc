#include "score/lockstep.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "graph/dense_block.h"

namespace renown::score {
namespace {

/// A slot before anybody is accused: who acted on the target in it.
struct Slot {
  std::uint32_t target = 0;
  std::uint64_t first = 0;  ///< its hits stand at [first, last) of the hits
  std::uint64_t last = 0;
  std::uint32_t engagers = 0;
};

/// Where a hit stands among all: four billion are 64 GB.
using Position = std::uint32_t;

/// Who is viable is settled once a round drops fewer than one in so many: the last few take many rounds, and do no
/// harm.
constexpr std::uint64_t kFewDropped = 50;
constexpr std::size_t kMostRounds = 16;  ///< of letting a block grow and shrink; it settles after two or three
constexpr std::size_t kMostBlocks = 64;  ///< looked at in one part of the graph
constexpr double kLeastCrowd =
    0.5;  ///< of the reference density: slots with less of their target's engagers are not looked at
constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();  ///< more than any slot holds
constexpr double kWeightUnit = 1000.0;                                       ///< edge weights are per mille

class Search {
 public:
  Search(std::span<const Hit> hits, std::vector<bool> suspects, std::vector<std::uint32_t> distinct_targets,
         std::uint32_t targets, std::span<const LockstepRule> rules, std::size_t threads)
      : rules_(rules),
        threads_(threads),
        engagers_(static_cast<std::uint32_t>(suspects.size())),
        targets_(targets),
        hits_(hits),
        distinct_targets_(std::move(distinct_targets)),
        suspects_(std::move(suspects)),
        found_(engagers_),
        members_on_(targets),
        lockstep_targets_(engagers_),
        count_(engagers_),
        mark_(engagers_) {
    spare_those_with_few_targets();
    index_targets();
  }

  std::vector<LockstepBlock> run() {
    std::vector<LockstepBlock> blocks;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      rule_ = rules_[i];
      find_viable();
      index_engagers();
      const std::size_t before = blocks.size();
      for (std::vector<graph::BlockEdge>& part : parts_of(crowded_edges())) search_part(std::move(part), blocks);
      for (std::size_t block = before; block < blocks.size(); ++block) blocks[block].rule = i;
    }
    std::ranges::stable_sort(blocks, std::ranges::greater{}, [](const LockstepBlock& b) { return b.engagers.size(); });
    return blocks;
  }

 private:
  /// Engagers with few targets cannot be in lockstep on many.
  void spare_those_with_few_targets() {
    for (std::uint32_t engager = 0; engager < engagers_; ++engager) {
      if (distinct_targets_[engager] < rules_[0].account_targets) suspects_[engager] = false;
    }
  }

  void index_targets() {
    target_begin_.assign(targets_ + 1, 0);
    for (const Hit& hit : hits_) ++target_begin_[hit.target + 1];
    for (std::uint32_t target = 0; target < targets_; ++target) target_begin_[target + 1] += target_begin_[target];
  }

  /// The hits of each viable engager on open targets, by target: all that is looked at when blocks are weighed.
  void index_engagers() {
    const auto counts = [&](const Hit& hit) { return viable_[hit.engager] && fullest_[hit.target] > 0; };
    engager_begin_.assign(engagers_ + 1, 0);
    for (const Hit& hit : hits_) engager_begin_[hit.engager + 1] += counts(hit) ? 1 : 0;
    for (std::uint32_t engager = 0; engager < engagers_; ++engager)
      engager_begin_[engager + 1] += engager_begin_[engager];
    hits_of_.resize(engager_begin_.back());
    std::vector<std::uint64_t> next(engager_begin_.begin(), engager_begin_.end() - 1);
    for (Position i = 0; i < hits_.size(); ++i) {
      if (counts(hits_[i])) hits_of_[next[hits_[i].engager]++] = i;
    }
  }

  /// Who can be of a block at all. In every slot of a block its engagers are most of who was there, and each of them is
  /// in enough such slots; so whoever is not in enough slots of which most are viable is not viable, which takes others
  /// with them, until nobody is left or those who come together again and again. Of an honest log next to nobody is,
  /// so that the rest of the search takes no time however large the log.
  void find_viable() {
    viable_ = suspects_;
    std::vector<std::uint32_t> open(targets_);  // that may still hold a viable slot
    std::iota(open.begin(), open.end(), 0u);
    fullest_.assign(targets_, 0);
    std::uint64_t viable = engagers_;
    for (std::uint64_t dropped = viable; dropped > viable / kFewDropped;) {
      look_at(open);
      std::erase_if(open, [&](std::uint32_t target) { return fullest_[target] == 0; });
      std::tie(viable, dropped) = drop_unviable();
    }
    for (const std::uint32_t target : open) fullest_[target] = fullest(target);
  }

  /// What a thread counts in.
  struct Room {
    std::vector<std::uint32_t> count;  ///< by engager: hits in the slot
    std::vector<std::uint32_t> mark;   ///< by engager: the last target that was counted for them, plus one
  };

  /// Sets fullest_ of open targets, to 0 where none of their slots is viable, and counts the others.
  void look_at(const std::vector<std::uint32_t>& open) {
    constexpr std::size_t kTargetsAPiece = 256;
    base::parallel_workers((open.size() + kTargetsAPiece - 1) / kTargetsAPiece, threads_,
                           [&] {
                             return [&, room = Room{std::vector<std::uint32_t>(engagers_),
                                                    std::vector<std::uint32_t>(engagers_)}](std::size_t piece) mutable {
                               const std::size_t end = std::min(open.size(), (piece + 1) * kTargetsAPiece);
                               for (std::size_t i = piece * kTargetsAPiece; i < end; ++i) {
                                 const std::uint32_t most = fullest(open[i]);
                                 const bool is_open = most >= rule_.slot_engagers && count_viable_slots(open[i], room);
                                 fullest_[open[i]] = is_open ? most : 0;
                               }
                             };
                           },
                           [](std::size_t) { return true; });
  }

  /// Drops engagers with too few of the targets that were counted for them. returns  how many are left, and are not
  std::pair<std::uint64_t, std::uint64_t> drop_unviable() {
    std::uint64_t viable = 0;
    std::uint64_t dropped = 0;
    for (std::uint32_t engager = 0; engager < engagers_; ++engager) {
      if (!viable_[engager]) continue;
      const std::uint32_t targets = std::exchange(lockstep_targets_[engager], 0);
      const bool enough =
          targets >= rule_.account_targets && targets >= rule_.account_share * distinct_targets_[engager];
      viable_[engager] = enough;
      ++(enough ? viable : dropped);
    }
    return {viable, dropped};
  }

  /// How many viable hits on a target fall into one slot at the most: no slot holds more of anybody. Most targets need
  /// no closer look than this one.
  std::uint32_t fullest(std::uint32_t target) const {
    std::uint32_t inside = 0;
    std::uint32_t most = 0;
    std::uint64_t end = target_begin_[target];
    for (std::uint64_t begin = end; begin < target_begin_[target + 1]; ++begin) {
      for (; end < target_begin_[target + 1] && hits_[end].time - hits_[begin].time < rule_.slot_seconds; ++end)
        inside += viable_[hits_[end].engager] ? 1 : 0;
      most = std::max(most, inside);
      inside -= viable_[hits_[begin].engager] ? 1 : 0;
    }
    return most;
  }

  /// Counts the target for every viable engager who acted on it in a slot of which enough are viable. returns  whether
  /// there is such a slot
  bool count_viable_slots(std::uint32_t target, Room& room) {
    const std::uint64_t last = target_begin_[target + 1];
    std::uint64_t end = target_begin_[target];
    std::uint64_t counted = end;  // up to here
    std::uint32_t all = 0;
    std::uint32_t viable = 0;
    bool any = false;
    for (std::uint64_t begin = end; begin < last; ++begin) {
      for (; end < last && hits_[end].time - hits_[begin].time < rule_.slot_seconds; ++end) {
        const std::uint32_t engager = hits_[end].engager;
        if (found_[engager] || room.count[engager]++ > 0) continue;
        ++all;
        viable += viable_[engager] ? 1 : 0;
      }
      if (viable >= rule_.slot_engagers && viable >= rule_.least_density() * all) {
        any = true;
        for (counted = std::max(counted, begin); counted < end; ++counted) {
          const std::uint32_t engager = hits_[counted].engager;
          if (viable_[engager] && std::exchange(room.mark[engager], target + 1) != target + 1)
            std::atomic_ref(lockstep_targets_[engager]).fetch_add(1, std::memory_order_relaxed);
        }
      }
      const std::uint32_t engager = hits_[begin].engager;
      if (found_[engager] || --room.count[engager] > 0) continue;
      --all;
      viable -= viable_[engager] ? 1 : 0;
    }
    return any;
  }

  /// Number of different engagers among hits [first, last), without those of blocks already found: what these did is
  /// gone, so that the rest of a sloppy farm does not hide behind them.
  std::uint32_t distinct(std::uint64_t first, std::uint64_t last) {
    std::uint32_t number = 0;
    for (std::uint64_t i = first; i < last; ++i) {
      if (!found_[hits_[i].engager] && count_[hits_[i].engager]++ == 0) ++number;
    }
    for (std::uint64_t i = first; i < last; ++i) count_[hits_[i].engager] = 0;
    return number;
  }

  /// Hits of one target that lie between two others of its slots.
  struct Region {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
  };

  /// The slots of a region that hold at least `least` different engagers of those whose hits in it are given: the
  /// fullest one, the earliest of several, then the same to its left and to its right. Looks at these hits alone.
  void add_slots(std::span<const Position> hits, Region region, std::uint32_t least, std::vector<Slot>& slots) {
    if (hits.size() < least) return;
    std::size_t fullest_begin = 0;
    std::uint32_t fullest = 0;
    std::uint32_t inside = 0;
    for (std::size_t begin = 0, end = 0; begin < hits.size(); ++begin) {
      for (; end < hits.size() && hits_[hits[end]].time - hits_[hits[begin]].time < rule_.slot_seconds; ++end) {
        if (count_[hits_[hits[end]].engager]++ == 0) ++inside;
      }
      if (inside > fullest) {
        fullest_begin = begin;
        fullest = inside;
      }
      if (--count_[hits_[hits[begin]].engager] == 0) --inside;
    }
    if (fullest < least) return;
    const Slot slot = slot_with(hits.subspan(fullest_begin), region, fullest);
    add_slots(hits.first(fullest_begin), {region.first, slot.first}, least, slots);
    slots.push_back(slot);
    add_slots({std::ranges::lower_bound(hits, slot.last), hits.end()}, {slot.last, region.last}, least, slots);
  }

  /// The slot that holds the first `engagers` different engagers of `hits`: it begins as early as it can with all of
  /// them in it, so that who came shortly before them is in it too.
  Slot slot_with(std::span<const Position> hits, Region region, std::uint32_t engagers) {
    std::size_t end = 0;
    for (std::uint32_t met = 0; met < engagers; ++end) met += count_[hits_[hits[end]].engager]++ == 0 ? 1 : 0;
    for (std::size_t i = 0; i < end; ++i) count_[hits_[hits[i]].engager] = 0;
    const std::int64_t latest = hits_[hits[end - 1]].time;
    const auto of_region = hits_.subspan(region.first, region.last - region.first);
    const auto first = std::ranges::partition_point(
        of_region, [&](const Hit& hit) { return latest - hit.time >= rule_.slot_seconds; });
    const auto last = std::ranges::partition_point(
        of_region, [&](const Hit& hit) { return hit.time - first->time < rule_.slot_seconds; });
    const auto position = [&](auto at) { return region.first + static_cast<std::uint64_t>(at - of_region.begin()); };
    return {.target = first->target, .first = position(first), .last = position(last), .engagers = engagers};
  }

  /// Who shares a slot with an unusual part of a target's engagers. At most one edge for each engager and target: to
  /// the fullest of its slots. A column's weight is that part; it does not depend on what its engagers do elsewhere.
  std::vector<graph::BlockEdge> crowded_edges() {
    std::vector<graph::BlockEdge> edges;
    std::vector<Position> by_suspects;
    columns_ = 0;
    for (std::uint32_t target = 0; target < targets_; ++target) {
      const std::uint64_t first = target_begin_[target];
      const std::uint64_t last = target_begin_[target + 1];
      if (fullest_[target] < rule_.slot_engagers) continue;
      const std::uint32_t audience = distinct(first, last);
      const auto least = static_cast<std::uint32_t>(std::ceil(kLeastCrowd * rule_.reference_density * audience));
      if (fullest_[target] < least) continue;
      by_suspects.clear();
      for (std::uint64_t i = first; i < last; ++i) {
        if (viable_[hits_[i].engager]) by_suspects.push_back(static_cast<Position>(i));
      }
      std::vector<Slot> slots;
      add_slots(by_suspects, {first, last}, std::max(least, rule_.slot_engagers), slots);
      std::ranges::stable_sort(slots, std::ranges::greater{}, &Slot::engagers);
      ++stamp_;
      for (const Slot& slot : slots) {
        const auto weight = static_cast<std::uint32_t>(kWeightUnit * slot.engagers / audience);
        for (std::uint64_t i = slot.first; i < slot.last; ++i) {
          if (viable_[hits_[i].engager] && first_time(hits_[i].engager))
            edges.push_back({hits_[i].engager, columns_, weight});
        }
        ++columns_;
      }
    }
    prune(edges);
    std::ranges::sort(edges, {}, [](const graph::BlockEdge& edge) { return std::tuple(edge.row, edge.column); });
    return edges;
  }

  /// Takes out engagers with too few targets and slots with too few engagers, until none is left.
  void prune(std::vector<graph::BlockEdge>& edges) const {
    for (std::size_t before = edges.size() + 1; edges.size() < before;) {
      before = edges.size();
      std::vector<std::uint32_t> of_row(engagers_);
      std::vector<std::uint32_t> of_column(columns_);
      for (const auto& edge : edges) ++of_row[edge.row];
      std::erase_if(edges, [&](const auto& edge) { return of_row[edge.row] < rule_.account_targets; });
      for (const auto& edge : edges) ++of_column[edge.column];
      std::erase_if(edges, [&](const auto& edge) { return of_column[edge.column] < rule_.slot_engagers; });
    }
  }

  /// Parts that no edge joins are searched one by one: so many farms at once are told apart, and none hides another.
  std::vector<std::vector<graph::BlockEdge>> parts_of(std::vector<graph::BlockEdge> edges) const {
    const std::vector<std::uint32_t> part = graph::connected_parts(edges, engagers_, columns_);
    std::vector<std::vector<graph::BlockEdge>> parts;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      if (part[i] >= parts.size()) parts.resize(part[i] + 1);
      parts[part[i]].push_back(edges[i]);
    }
    return parts;
  }

  void search_part(std::vector<graph::BlockEdge> edges, std::vector<LockstepBlock>& blocks) {
    const auto forget_accused = [&] { std::erase_if(edges, [&](const auto& edge) { return !viable_[edge.row]; }); };
    forget_accused();
    for (std::size_t round = 0; round < kMostBlocks && !edges.empty(); ++round) {
      const Dense dense = densest(edges);
      LockstepBlock block = settle(dense.near);
      if (!is_farm(block)) block = settle(dense.all);
      if (!is_farm(block)) block = settle(dense.core);
      if (is_farm(block)) {
        for (const std::uint32_t engager : block.engagers) {
          suspects_[engager] = false;
          viable_[engager] = false;
          found_[engager] = true;
        }
        blocks.push_back(std::move(block));
        forget_accused();
      } else {
        std::erase_if(edges, [&](const auto& edge) { return std::ranges::binary_search(dense.core, edge.row); });
      }
      prune(edges);
    }
  }

  /// Engagers around the densest block. Where there are far more accounts than customers, the densest rows are only the
  /// most diligent accounts of a farm and the densest columns only its least known customers: the block is a place to
  /// start from.
  struct Dense {
    std::vector<std::uint32_t> core;  ///< its rows
    std::vector<std::uint32_t> all;   ///< everybody in enough of its columns
    std::vector<std::uint32_t> near;  ///< everybody in any of its columns
  };

  /// The graph is numbered anew, for a part may be small and the whole large.
  Dense densest(std::vector<graph::BlockEdge> edges) const {
    const std::vector<std::uint32_t> rows = numbers(edges, &graph::BlockEdge::row);
    const std::vector<std::uint32_t> columns = numbers(edges, &graph::BlockEdge::column);
    const auto block = graph::densest_block(edges, static_cast<std::uint32_t>(rows.size()),
                                            static_cast<std::uint32_t>(columns.size()));
    std::vector<std::uint32_t> of_row(rows.size());
    for (const auto& edge : edges) {
      if (std::ranges::binary_search(block.columns, edge.column)) ++of_row[edge.row];
    }
    Dense dense;
    for (const std::uint32_t row : block.rows) dense.core.push_back(rows[row]);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (of_row[row] >= rule_.account_targets) dense.all.push_back(rows[row]);
      if (of_row[row] > 0) dense.near.push_back(rows[row]);
    }
    return dense;
  }

  /// Numbers the rows or columns of `edges` from 0 on; returns what each number stands for, rising.
  static std::vector<std::uint32_t> numbers(std::vector<graph::BlockEdge>& edges,
                                            std::uint32_t graph::BlockEdge::* side) {
    std::vector<std::uint32_t> all;
    for (const auto& edge : edges) all.push_back(edge.*side);
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (auto& edge : edges)
      edge.*side = static_cast<std::uint32_t>(std::ranges::lower_bound(all, edge.*side) - all.begin());
    return all;
  }

  /// Lets a block grow and shrink until it holds exactly those who are in lockstep with it.
  LockstepBlock settle(const std::vector<std::uint32_t>& start) {
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

  /// The slots in which `members` are in lockstep, and everybody who is in enough of them.
  LockstepBlock block_of(const std::vector<std::uint32_t>& members) {
    for_each_target_of(members, [&](std::uint32_t target) { ++members_on_[target]; });
    const std::vector<Position> member_hits = crowded_hits_of(members);

    LockstepBlock block;
    std::vector<std::uint32_t> met;  // everybody in the slots
    std::uint64_t in_lockstep = 0;
    std::uint64_t possible = 0;
    for (std::size_t begin = 0, end = 0; begin < member_hits.size(); begin = end) {
      const std::uint32_t target = hits_[member_hits[begin]].target;
      while (end < member_hits.size() && hits_[member_hits[end]].target == target) ++end;
      const std::size_t slots_before = block.slots.size();
      ++stamp_;
      for (const Slot& slot : lockstep_slots(target, std::span(member_hits).subspan(begin, end - begin))) {
        const std::uint32_t all = distinct(slot.first, slot.last);
        const std::uint32_t elsewhen = members_on_[target] - slot.engagers;
        block.slots.push_back({target, hits_[slot.first].time, slot.engagers, all - slot.engagers, elsewhen});
        in_lockstep += slot.engagers;
        possible += all + elsewhen;
        for (std::uint64_t i = slot.first; i < slot.last; ++i) {
          const std::uint32_t engager = hits_[i].engager;
          if (viable_[engager] && first_time(engager) && lockstep_targets_[engager]++ == 0) met.push_back(engager);
        }
      }
      if (block.slots.size() > slots_before) ++block.targets;
    }
    std::ranges::sort(met);
    for (const std::uint32_t engager : met) {
      if (is_member(engager, block.targets)) block.engagers.push_back(engager);
    }
    block.density = possible == 0 ? 0.0 : static_cast<double>(in_lockstep) / static_cast<double>(possible);
    block.evidence = evidence(block.slots);

    for_each_target_of(members, [&](std::uint32_t target) { members_on_[target] = 0; });
    for (const std::uint32_t engager : met) lockstep_targets_[engager] = 0;
    return block;
  }

  template <class Visit>
  void for_each_target_of(const std::vector<std::uint32_t>& members, const Visit& visit) const {
    for (const std::uint32_t engager : members) {
      for (std::uint64_t i = engager_begin_[engager]; i < engager_begin_[engager + 1]; ++i) {
        const std::uint32_t target = hits_[hits_of_[i]].target;
        if (i == engager_begin_[engager] || target != hits_[hits_of_[i - 1]].target) visit(target);
      }
    }
  }

  /// The members' hits on targets that can hold a slot of theirs, by target and time: all that is looked at of a log
  /// when a block is weighed.
  std::vector<Position> crowded_hits_of(const std::vector<std::uint32_t>& members) const {
    std::vector<Position> hits;
    for (const std::uint32_t engager : members) {
      for (std::uint64_t i = engager_begin_[engager]; i < engager_begin_[engager + 1]; ++i) {
        const std::uint32_t target = hits_[hits_of_[i]].target;
        if (fullest_[target] >= least_in_slot(target)) hits.push_back(hits_of_[i]);
      }
    }
    std::ranges::sort(hits);
    return hits;
  }

  /// Members that a slot of the target must hold, where members_on_ of them ever acted on it.
  std::uint32_t least_in_slot(std::uint32_t target) const {
    const auto least = static_cast<std::uint32_t>(std::ceil(rule_.least_density() * members_on_[target]));
    return members_on_[target] < rule_.slot_engagers ? kNever : std::max(least, rule_.slot_engagers);
  }

  bool is_member(std::uint32_t engager, std::uint32_t block_targets) const {
    const std::uint32_t targets = lockstep_targets_[engager];
    return targets >= rule_.account_targets && targets >= rule_.account_share * distinct_targets_[engager] &&
           targets >= rule_.block_share * block_targets;
  }

  /// Whether the engager is met for the first time since the stamp was raised.
  bool first_time(std::uint32_t engager) { return std::exchange(mark_[engager], stamp_) != stamp_; }

  /// Slots of a target that are the members' own: most of the members who ever acted on it did so in the slot, and most
  /// of those in the slot are members. An honest burst has the second only for its whole crowd, which comes at all
  /// times, and the first only for a selection, which is never most of a slot.
  std::vector<Slot> lockstep_slots(std::uint32_t target, std::span<const Position> member_hits) {
    std::vector<Slot> slots;
    const std::uint32_t members = members_on_[target];
    add_slots(member_hits, {target_begin_[target], target_begin_[target + 1]}, least_in_slot(target), slots);
    std::erase_if(slots, [&](const Slot& slot) {
      return slot.engagers < rule_.least_density() * (distinct(slot.first, slot.last) + members - slot.engagers);
    });
    return slots;
  }

  /// Each target counts once, at its fullest slot.
  double evidence(const std::vector<BlockSlot>& slots) const {
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

  bool is_farm(const LockstepBlock& block) const {
    return block.engagers.size() >= rule_.slot_engagers && block.targets >= rule_.block_targets &&
           block.evidence >= rule_.evidence && block.density >= rule_.least_density();
  }

  std::span<const LockstepRule> rules_;
  std::size_t threads_;
  LockstepRule rule_;  ///< the one that is at work
  std::uint32_t engagers_, targets_;
  std::uint32_t columns_ = 0;
  std::span<const Hit> hits_;
  std::vector<std::uint64_t> target_begin_;      ///< hits of target t: [target_begin_[t], target_begin_[t + 1])
  std::vector<std::uint32_t> distinct_targets_;  ///< by engager
  std::vector<std::uint64_t> engager_begin_;
  std::vector<Position> hits_of_;  ///< of engager e, rising: [engager_begin_[e], engager_begin_[e + 1])
  std::vector<bool> suspects_;     ///< by engager: searched, and not of a block that was found

  std::vector<bool> viable_;            ///< by engager: a suspect who can be of a block, by the rule that is at work
  std::vector<std::uint32_t> fullest_;  ///< by target: viable hits in one slot, at the most

  std::vector<bool> found_;  ///< by engager: of a block that was found

  // Room to work in, all 0 between uses.
  std::vector<std::uint32_t> members_on_;        ///< by target: how many of that block ever acted on it
  std::vector<std::uint32_t> lockstep_targets_;  ///< by engager: in how many of that block's targets
  std::vector<std::uint32_t> count_;             ///< by engager: hits in the slot that is looked at
  std::vector<std::uint32_t> mark_;              ///< by engager: the stamp at which it was last met
  std::uint32_t stamp_ = 0;
};

}  // namespace

std::vector<std::uint32_t> count_distinct_targets(std::span<const Hit> hits, std::size_t engagers) {
  constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> distinct(engagers);
  std::vector<std::uint32_t> last_target(engagers, kNone);
  for (const Hit& hit : hits) {
    if (std::exchange(last_target[hit.engager], hit.target) != hit.target) ++distinct[hit.engager];
  }
  return distinct;
}

std::vector<LockstepBlock> find_lockstep(std::span<const Hit> hits, std::vector<bool> suspects,
                                         std::vector<std::uint32_t> distinct_targets, std::uint32_t targets,
                                         std::span<const LockstepRule> rules, std::size_t threads) {
  return Search(hits, std::move(suspects), std::move(distinct_targets), targets, rules, threads).run();
}

std::vector<LockstepBlock> find_lockstep(std::span<const Hit> hits, std::vector<bool> suspects, std::uint32_t targets,
                                         std::span<const LockstepRule> rules) {
  auto distinct_targets = count_distinct_targets(hits, suspects.size());
  return find_lockstep(hits, std::move(suspects), std::move(distinct_targets), targets, rules, 1);
}

}  // namespace renown::score
