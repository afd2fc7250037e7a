#include "graph/dense_block.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/hash.h"

namespace renown::graph {
namespace {

using Numbers = std::vector<std::uint32_t>;

struct Case {
  const char* name;
  std::vector<BlockEdge> edges;
  Numbers rows, columns;
  std::uint64_t weight;
};

TEST(DenseBlock, KnownGraphs) {
  const std::vector<Case> cases = {
      {"no edge", {}, {}, {}, 0},
      {"one edge", {{3, 2, 5}}, {3}, {2}, 5},
      {"weight 0 is an edge all the same", {{0, 0, 0}}, {0}, {0}, 0},
      {"two equal edges apart: both, since a tie keeps the larger block", {{0, 0, 4}, {1, 1, 4}}, {0, 1}, {0, 1}, 8},
      {"the heavier of two", {{0, 0, 4}, {1, 1, 9}}, {1}, {1}, 9},
      {"a star is taken whole", {{0, 0, 6}, {1, 0, 6}, {2, 0, 6}}, {0, 1, 2}, {0}, 18},
      {"two by two, with a tail",
       {{0, 0, 10}, {0, 1, 10}, {1, 0, 10}, {1, 1, 10}, {1, 2, 1}, {2, 2, 1}},
       {0, 1},
       {0, 1},
       40},
      {"camouflage: edges elsewhere leave the block as it is",
       {{0, 0, 10}, {0, 1, 10}, {1, 0, 10}, {1, 1, 10}, {0, 2, 2}, {0, 3, 2}, {1, 4, 2}, {1, 5, 2}},
       {0, 1},
       {0, 1},
       40},
  };
  for (const Case& each : cases) {
    const DenseBlock block = densest_block(each.edges, 6, 6);
    EXPECT_EQ(block.rows, each.rows) << each.name;
    EXPECT_EQ(block.columns, each.columns) << each.name;
    EXPECT_EQ(block.weight, each.weight) << each.name;
  }
}

/// The same peeling, told slowly: every step sums all weights anew and looks at every node.
DenseBlock slow_densest_block(const std::vector<BlockEdge>& edges) {
  std::set<std::pair<int, std::uint32_t>> nodes;  // (0: row or 1: column, number)
  for (const BlockEdge& edge : edges) {
    nodes.emplace(0, edge.row);
    nodes.emplace(1, edge.column);
  }
  std::set<std::pair<int, std::uint32_t>> best;
  double best_density = -1.0;
  std::uint64_t best_weight = 0;
  while (!nodes.empty()) {
    std::map<std::pair<int, std::uint32_t>, std::uint64_t> left;
    for (const auto& node : nodes) left[node] = 0;
    std::uint64_t weight = 0;
    for (const BlockEdge& edge : edges) {
      if (!nodes.contains({0, edge.row}) || !nodes.contains({1, edge.column})) continue;
      left[{0, edge.row}] += edge.weight;
      left[{1, edge.column}] += edge.weight;
      weight += edge.weight;
    }
    const double density = static_cast<double>(weight) / static_cast<double>(nodes.size());
    if (density > best_density) {
      best_density = density;
      best_weight = weight;
      best = nodes;
    }
    nodes.erase(std::ranges::min_element(left, {}, [](const auto& entry) { return entry.second; })->first);
  }
  DenseBlock block;
  block.weight = best_weight;
  for (const auto& [side, number] : best) (side == 0 ? block.rows : block.columns).push_back(number);
  return block;
}

std::vector<BlockEdge> random_graph(std::uint64_t seed) {
  auto draw = [&, counter = std::uint64_t{0}](std::uint64_t below) mutable {
    return base::mix64(seed * 1000003 + ++counter) % below;
  };
  const auto rows = static_cast<std::uint32_t>(1 + draw(9));
  const auto columns = static_cast<std::uint32_t>(1 + draw(9));
  std::vector<BlockEdge> edges;
  for (std::uint32_t row = 0; row < rows; ++row) {
    for (std::uint32_t column = 0; column < columns; ++column) {
      if (draw(3) == 0) edges.push_back({row, column, static_cast<std::uint32_t>(draw(5))});
    }
  }
  return edges;
}

TEST(DenseBlock, EqualsItsSlowTwin) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const auto edges = random_graph(seed);
    const DenseBlock fast = densest_block(edges, 9, 9);
    const DenseBlock slow = slow_densest_block(edges);
    ASSERT_EQ(fast.rows, slow.rows) << seed;
    ASSERT_EQ(fast.columns, slow.columns) << seed;
    ASSERT_EQ(fast.weight, slow.weight) << seed;
  }
}

/// The densest block that there is, by trying all: peeling must reach half of it.
double densest_of_all(const std::vector<BlockEdge>& edges) {
  double best = 0.0;
  for (std::uint32_t some = 1; some < (1u << 18); ++some) {
    std::uint64_t weight = 0;
    for (const BlockEdge& edge : edges) {
      if ((some >> edge.row & 1u) && (some >> (9 + edge.column) & 1u)) weight += edge.weight;
    }
    best = std::max(best, static_cast<double>(weight) / __builtin_popcount(some));
  }
  return best;
}

TEST(DenseBlock, IsAtLeastHalfAsDenseAsTheBest) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const auto edges = random_graph(seed);
    EXPECT_GE(densest_block(edges, 9, 9).density() * 2.0, densest_of_all(edges)) << seed;
  }
}

TEST(DenseBlock, TheOrderOfEdgesDoesNotMatter) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    auto edges = random_graph(seed);
    const DenseBlock block = densest_block(edges, 9, 9);
    std::ranges::reverse(edges);
    const DenseBlock other = densest_block(edges, 9, 9);
    EXPECT_EQ(block.rows, other.rows);
    EXPECT_EQ(block.columns, other.columns);
  }
}

TEST(ConnectedParts, AreNumberedByTheirFirstEdge) {
  EXPECT_EQ(connected_parts({}, 0, 0), Numbers{});
  const std::vector<BlockEdge> edges = {{4, 1, 1}, {0, 0, 1}, {2, 1, 1}, {2, 3, 1}, {0, 2, 1}, {1, 4, 1}};
  EXPECT_EQ(connected_parts(edges, 5, 5), (Numbers{0, 1, 0, 0, 1, 2}));
}

}  // namespace
}  // namespace renown::graph
