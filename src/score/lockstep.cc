#include "score/lockstep.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <tuple>
#include <utility>

#include "graph/dense_block.h"
#include "score/lockstep_block.h"
#include "score/lockstep_slots.h"
#include "score/lockstep_viability.h"

namespace renown::score {
namespace {

constexpr std::size_t kMostBlocks = 64;  ///< looked at in one part of the graph
constexpr double kLeastCrowd =
    0.5;  ///< of the reference density: slots with less of their target's engagers are not looked at
constexpr double kWeightUnit = 1000.0;  ///< edge weights are per mille

/// The search by one rule: a graph of who shares slots, its densest blocks as places to start from, and what settles
/// around each.
class RuleSearch {
 public:
  /// found, distinct_targets  by engager, as these are numbered in the meetings
  RuleSearch(Meetings& meetings, const LockstepRule& rule, std::vector<bool> found,
             const std::vector<std::uint32_t>& distinct_targets)
      : meetings_(meetings),
        table_(meetings),
        rule_(rule),
        found_(std::move(found)),
        slot_finder_(table_),
        weigher_(table_, rule, meetings, found_, distinct_targets, slot_finder_) {}

  std::vector<LockstepBlock> run() {
    std::vector<LockstepBlock> blocks;
    for (std::vector<graph::BlockEdge>& part : parts_of(crowded_edges())) search_part(std::move(part), blocks);
    return blocks;
  }

 private:
  /// Who shares a slot with an unusual part of a target's engagers. At most one edge for each engager and target: to
  /// the fullest of its slots. A column's weight is that part; it does not depend on what its engagers do elsewhere.
  std::vector<graph::BlockEdge> crowded_edges() {
    std::vector<graph::BlockEdge> edges;
    std::vector<std::uint32_t> last_target(table_.engagers, table_.targets);
    columns_ = 0;
    for (std::uint32_t target = 0; target < table_.targets; ++target) {
      if (meetings_.fullest[target] < rule_.slot_engagers) continue;
      const Region all{table_.target_begin[target], table_.target_begin[target + 1]};
      const std::uint32_t audience = slot_finder_.distinct(all.first, all.last, found_);
      for (const Slot& slot : crowded_slots(target, all, audience)) {
        const auto weight = static_cast<std::uint32_t>(kWeightUnit * slot.engagers / audience);
        for (std::uint64_t i = slot.first; i < slot.last; ++i) {
          const std::uint32_t engager = table_.hits[i].engager;
          if (meetings_.viable[engager] && std::exchange(last_target[engager], target) != target)
            edges.push_back({engager, columns_, weight});
        }
        ++columns_;
      }
    }
    prune(edges);
    std::ranges::sort(edges, {}, [](const graph::BlockEdge& edge) { return std::tuple(edge.row, edge.column); });
    return edges;
  }

  /// The fullest first.
  std::vector<Slot> crowded_slots(std::uint32_t target, Region all, std::uint32_t audience) {
    std::vector<Slot> slots;
    const auto least = static_cast<std::uint32_t>(std::ceil(kLeastCrowd * rule_.reference_density * audience));
    if (meetings_.fullest[target] < least) return slots;
    std::vector<Position> viable_hits;
    for (std::uint64_t i = all.first; i < all.last; ++i) {
      if (meetings_.viable[table_.hits[i].engager]) viable_hits.push_back(static_cast<Position>(i));
    }
    slot_finder_.add_slots(viable_hits, all, std::max(least, rule_.slot_engagers), rule_.slot_seconds, slots);
    std::ranges::stable_sort(slots, std::ranges::greater{}, &Slot::engagers);
    return slots;
  }

  /// Takes out engagers with too few targets and slots with too few engagers, until none is left.
  void prune(std::vector<graph::BlockEdge>& edges) const {
    for (std::size_t before = edges.size() + 1; edges.size() < before;) {
      before = edges.size();
      std::vector<std::uint32_t> of_row(table_.engagers);
      std::vector<std::uint32_t> of_column(columns_);
      for (const auto& edge : edges) ++of_row[edge.row];
      std::erase_if(edges, [&](const auto& edge) { return of_row[edge.row] < rule_.account_targets; });
      for (const auto& edge : edges) ++of_column[edge.column];
      std::erase_if(edges, [&](const auto& edge) { return of_column[edge.column] < rule_.slot_engagers; });
    }
  }

  /// Parts that no edge joins are searched one by one: so many farms at once are told apart, and none hides another.
  std::vector<std::vector<graph::BlockEdge>> parts_of(std::vector<graph::BlockEdge> edges) const {
    const std::vector<std::uint32_t> part = graph::connected_parts(edges, table_.engagers, columns_);
    std::vector<std::vector<graph::BlockEdge>> parts;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      if (part[i] >= parts.size()) parts.resize(part[i] + 1);
      parts[part[i]].push_back(edges[i]);
    }
    return parts;
  }

  void search_part(std::vector<graph::BlockEdge> edges, std::vector<LockstepBlock>& blocks) {
    const auto forget_accused = [&] {
      std::erase_if(edges, [&](const auto& edge) { return !meetings_.viable[edge.row]; });
    };
    forget_accused();
    for (std::size_t round = 0; round < kMostBlocks && !edges.empty(); ++round) {
      const Dense dense = densest(edges);
      LockstepBlock block = weigher_.settle(dense.near);
      if (!weigher_.is_farm(block)) block = weigher_.settle(dense.all);
      if (!weigher_.is_farm(block)) block = weigher_.settle(dense.core);
      if (weigher_.is_farm(block)) {
        accuse(block);
        blocks.push_back(std::move(block));
        forget_accused();
      } else {
        std::erase_if(edges, [&](const auto& edge) { return std::ranges::binary_search(dense.core, edge.row); });
      }
      prune(edges);
    }
  }

  void accuse(const LockstepBlock& block) {
    for (const std::uint32_t engager : block.engagers) {
      meetings_.viable[engager] = false;
      found_[engager] = true;
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

  Meetings& meetings_;  ///< who is found ceases to be viable
  HitTable table_;
  const LockstepRule& rule_;
  std::vector<bool> found_;  ///< by engager
  SlotFinder slot_finder_;
  BlockWeigher weigher_;
  std::uint32_t columns_ = 0;  ///< slots of the graph
};

/// Adds the blocks of one rule, with the numbers of the source.
void search(Meetings& meetings, const LockstepRule& rule, const std::vector<bool>& found,
            const std::vector<std::uint32_t>& distinct_targets, std::vector<LockstepBlock>& blocks) {
  if (meetings.hits.empty()) return;
  std::vector<bool> found_here;
  std::vector<std::uint32_t> distinct_here;
  for (const std::uint32_t engager : meetings.engagers) {
    found_here.push_back(found[engager]);
    distinct_here.push_back(distinct_targets[engager]);
  }
  for (LockstepBlock& block : RuleSearch(meetings, rule, std::move(found_here), distinct_here).run()) {
    for (std::uint32_t& engager : block.engagers) engager = meetings.engagers[engager];
    for (BlockSlot& slot : block.slots) slot.target = meetings.targets[slot.target];
    blocks.push_back(std::move(block));
  }
}

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

std::vector<LockstepBlock> find_lockstep(HitSource& hits, std::vector<bool> suspects,
                                         const std::vector<std::uint32_t>& distinct_targets, std::uint32_t targets,
                                         std::span<const LockstepRule> rules, base::SpillArea& area,
                                         std::size_t threads) {
  for (std::size_t engager = 0; engager < suspects.size(); ++engager) {  // who has few cannot be in lockstep on many
    if (distinct_targets[engager] < rules[0].account_targets) suspects[engager] = false;
  }
  std::vector<bool> found(suspects.size());
  std::vector<LockstepBlock> blocks;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    Meetings meetings = find_meetings(hits, rules[i], suspects, found, distinct_targets, targets, area, threads);
    const std::size_t before = blocks.size();
    search(meetings, rules[i], found, distinct_targets, blocks);
    for (LockstepBlock& block : std::span(blocks).subspan(before)) {
      block.rule = i;
      for (const std::uint32_t engager : block.engagers) {
        suspects[engager] = false;
        found[engager] = true;
      }
    }
  }
  std::ranges::stable_sort(blocks, std::ranges::greater{}, [](const LockstepBlock& b) { return b.engagers.size(); });
  return blocks;
}

std::vector<LockstepBlock> find_lockstep(std::span<const Hit> hits, std::vector<bool> suspects, std::uint32_t targets,
                                         std::span<const LockstepRule> rules, std::size_t threads) {
  const auto distinct_targets = count_distinct_targets(hits, suspects.size());
  SortedHits source(hits);
  base::SpillArea memory(std::numeric_limits<std::uint64_t>::max(), "");
  return find_lockstep(source, std::move(suspects), distinct_targets, targets, rules, memory, threads);
}

}  // namespace renown::score
