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
  /// suspects, found  lose and get the engagers of the blocks that are found
  RuleSearch(const HitTable& table, const LockstepRule& rule, std::vector<bool>& suspects, std::vector<bool>& found,
             const std::vector<std::uint32_t>& distinct_targets, std::size_t threads)
      : table_(table),
        rule_(rule),
        suspects_(suspects),
        found_(found),
        viability_(find_viable(table, rule, suspects, found, distinct_targets, threads)),
        slot_finder_(table),
        weigher_(table, rule, viability_, found, distinct_targets, slot_finder_) {}

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
      if (viability_.fullest[target] < rule_.slot_engagers) continue;
      const Region all{table_.target_begin[target], table_.target_begin[target + 1]};
      const std::uint32_t audience = slot_finder_.distinct(all.first, all.last, found_);
      for (const Slot& slot : crowded_slots(target, all, audience)) {
        const auto weight = static_cast<std::uint32_t>(kWeightUnit * slot.engagers / audience);
        for (std::uint64_t i = slot.first; i < slot.last; ++i) {
          const std::uint32_t engager = table_.hits[i].engager;
          if (viability_.engager[engager] && std::exchange(last_target[engager], target) != target)
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
    if (viability_.fullest[target] < least) return slots;
    std::vector<Position> viable_hits;
    for (std::uint64_t i = all.first; i < all.last; ++i) {
      if (viability_.engager[table_.hits[i].engager]) viable_hits.push_back(static_cast<Position>(i));
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
      std::erase_if(edges, [&](const auto& edge) { return !viability_.engager[edge.row]; });
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
      suspects_[engager] = false;
      viability_.engager[engager] = false;
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

  const HitTable& table_;
  const LockstepRule& rule_;
  std::vector<bool>& suspects_;  ///< by engager, like the next
  std::vector<bool>& found_;
  Viability viability_;
  SlotFinder slot_finder_;
  BlockWeigher weigher_;
  std::uint32_t columns_ = 0;  ///< slots of the graph
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
                                         const std::vector<std::uint32_t>& distinct_targets, std::uint32_t targets,
                                         std::span<const LockstepRule> rules, std::size_t threads) {
  const HitTable table(hits, static_cast<std::uint32_t>(suspects.size()), targets);
  for (std::uint32_t engager = 0; engager < table.engagers; ++engager) {  // who has few cannot be in lockstep on many
    if (distinct_targets[engager] < rules[0].account_targets) suspects[engager] = false;
  }
  std::vector<bool> found(table.engagers);
  std::vector<LockstepBlock> blocks;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (LockstepBlock& block : RuleSearch(table, rules[i], suspects, found, distinct_targets, threads).run()) {
      block.rule = i;
      blocks.push_back(std::move(block));
    }
  }
  std::ranges::stable_sort(blocks, std::ranges::greater{}, [](const LockstepBlock& b) { return b.engagers.size(); });
  return blocks;
}

std::vector<LockstepBlock> find_lockstep(std::span<const Hit> hits, std::vector<bool> suspects, std::uint32_t targets,
                                         std::span<const LockstepRule> rules, std::size_t threads) {
  const auto distinct_targets = count_distinct_targets(hits, suspects.size());
  return find_lockstep(hits, std::move(suspects), distinct_targets, targets, rules, threads);
}

}  // namespace renown::score
