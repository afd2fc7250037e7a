#include "graph/rows.h"

#include <gtest/gtest.h>

namespace renown::graph {
namespace {

std::vector<std::pair<Node, double>> row(const Rows& rows, Node node) {
  std::vector<std::pair<Node, double>> result;
  for (const Neighbour& neighbour : rows.of(node)) result.emplace_back(neighbour.node, neighbour.weight);
  return result;
}

using Row = std::vector<std::pair<Node, double>>;

TEST(Rows, of_nothing_and_of_lone_nodes) {
  EXPECT_EQ(rows_to(0, {}).size(), 0u);
  const Rows rows = rows_to(2, {});
  EXPECT_EQ(rows.size(), 2u);
  EXPECT_TRUE(rows.of(0).empty());
  EXPECT_TRUE(rows.of(1).empty());
}

TEST(Rows, say_who_points_to_whom_with_parallel_edges_summed_and_loops_kept) {
  const std::vector<Edge> edges = {{2, 1, 1.0}, {0, 1, 0.5}, {2, 1, 3.0}, {1, 1, 1.0}, {1, 0, 2.0}};
  const Rows to = rows_to(3, edges);
  EXPECT_EQ(row(to, 0), (Row{{1, 2.0}}));
  EXPECT_EQ(row(to, 1), (Row{{0, 0.5}, {1, 1.0}, {2, 4.0}}));
  EXPECT_EQ(row(to, 2), Row{});
  const Rows from = rows_from(3, edges);
  EXPECT_EQ(row(from, 0), (Row{{1, 0.5}}));
  EXPECT_EQ(row(from, 1), (Row{{0, 2.0}, {1, 1.0}}));
  EXPECT_EQ(row(from, 2), (Row{{1, 4.0}}));
}

TEST(Rows, do_not_depend_on_the_order_of_edges) {
  const std::vector<Edge> edges = {{0, 1, 0.1}, {0, 1, 0.2}, {0, 1, 0.3}};
  const std::vector<Edge> other = {{0, 1, 0.3}, {0, 1, 0.1}, {0, 1, 0.2}};
  EXPECT_EQ(rows_to(2, edges).neighbours[0].weight, rows_to(2, other).neighbours[0].weight);
}

}  // namespace
}  // namespace renown::graph
