/// PageRank, LeaderRank, HITS and k-core on graphs small enough for paper. tests/oracle compares them with igraph.

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "graph/hits.h"
#include "graph/k_core.h"
#include "graph/leader_rank.h"
#include "graph/page_rank.h"

namespace renown::graph {
namespace {

void expect_values(const Iterated& got, const std::vector<double>& wanted) {
  EXPECT_TRUE(got.converged);
  ASSERT_EQ(got.value.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(got.value[i], wanted[i], 1e-9) << "node " << i;
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST(PageRank, without_nodes_or_edges) {
  expect_values(page_rank(0, {}), {});
  expect_values(page_rank(1, {}), {1.0});
  expect_values(page_rank(4, {}), {0.25, 0.25, 0.25, 0.25});
}

// x0 = .15/2 + .85 x1 / 2,  x1 = x0 + .85 x0 where x1 is a sink: (x0, x1) = (20, 37) / 57.
TEST(PageRank, of_one_edge_into_a_sink) {
  expect_values(page_rank(2, {{0, 1, 1.0}}), {20.0 / 57.0, 37.0 / 57.0});
}

TEST(PageRank, of_a_circle_is_even_and_weights_share_out) {
  expect_values(page_rank(3, {{0, 1, 1.0}, {1, 2, 5.0}, {2, 0, 2.0}}), {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0});
  // Node 0 gives 1/4 of its weight to 1 and 3/4 to 2; both give all back: with d = .5, x0 = 1/6 + (x1 + x2) / 2.
  expect_values(page_rank(3, {{0, 1, 1.0}, {0, 2, 3.0}, {1, 0, 1.0}, {2, 0, 1.0}}, 0.5),
                {4.0 / 9.0, 1.0 / 6.0 + 1.0 / 18.0, 1.0 / 6.0 + 1.0 / 6.0});
}

TEST(PageRank, an_edge_without_weight_is_none) {
  expect_values(page_rank(2, {{0, 1, 0.0}}), {0.5, 0.5});
}

TEST(LeaderRank, without_edges_everybody_is_alike) {
  expect_values(leader_rank(0, {}), {});
  expect_values(leader_rank(3, {}), {1.0, 1.0, 1.0});
  expect_values(leader_rank(2, {{0, 1, 0.0}}), {1.0, 1.0});
}

// Nodes a -> b and the ground g. In balance a = g/2, b = g/2 + a/2, g = a/2 + b, a + b + g = 2:
// a = 4/9, b = 6/9, g = 8/9, and the ground's share of 4/9 goes to each.
TEST(LeaderRank, of_one_edge) {
  expect_values(leader_rank(2, {{0, 1, 7.0}}), {8.0 / 9.0, 10.0 / 9.0});
}

TEST(Hits, without_weight_everybody_is_alike) {
  expect_values(hits_authority(0, {}), {});
  expect_values(hits_authority(2, {}), {1.0, 1.0});
  expect_values(hits_authority(2, {{0, 1, 0.0}}), {1.0, 1.0});
}

// 0 and 1 point to 2, and 0 points to 3: A^T A on (2, 3) is [[2, 1], [1, 1]], whose first eigenvector is (phi, 1).
TEST(Hits, authority_is_the_first_eigenvector) {
  const double phi = (1.0 + std::sqrt(5.0)) / 2.0;
  expect_values(hits_authority(4, {{0, 2, 1.0}, {1, 2, 1.0}, {0, 3, 1.0}}), {0.0, 0.0, 1.0, 1.0 / phi});
}

/// The definition itself: take out everybody with fewer than k neighbours, again and again.
std::vector<std::uint32_t> slow_core_numbers(std::size_t nodes, const std::vector<Edge>& edges) {
  std::vector<std::uint32_t> core(nodes, 0);
  for (std::uint32_t k = 1; k <= nodes; ++k) {
    std::vector<std::set<Node>> neighbours(nodes);
    for (const Edge& edge : edges) {
      if (edge.from == edge.to) continue;
      neighbours[edge.from].insert(edge.to);
      neighbours[edge.to].insert(edge.from);
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (Node node = 0; node < nodes; ++node) {
        if (neighbours[node].empty() || neighbours[node].size() >= k) continue;
        for (const Node other : neighbours[node]) neighbours[other].erase(node);
        neighbours[node].clear();
        changed = true;
      }
    }
    for (Node node = 0; node < nodes; ++node) {
      if (!neighbours[node].empty()) core[node] = k;
    }
  }
  return core;
}

using Cores = std::vector<std::uint32_t>;

TEST(KCore, of_small_graphs) {
  EXPECT_EQ(core_numbers(0, {}), Cores{});
  EXPECT_EQ(core_numbers(2, {}), (Cores{0, 0}));
  EXPECT_EQ(core_numbers(2, {{0, 0, 1.0}, {0, 1, 1.0}, {1, 0, 1.0}, {0, 1, 2.0}}), (Cores{1, 1}));
  // A triangle with a tail.
  EXPECT_EQ(core_numbers(5, {{0, 1, 1.0}, {1, 2, 1.0}, {2, 0, 1.0}, {2, 3, 1.0}, {3, 4, 1.0}}), (Cores{2, 2, 2, 1, 1}));
}

std::vector<Edge> random_edges(Node nodes, std::size_t most) {
  const auto ends = *rc::gen::resize(
      static_cast<int>(most), rc::gen::container<std::vector<std::pair<Node, Node>>>(
                                  rc::gen::pair(rc::gen::inRange<Node>(0, nodes), rc::gen::inRange<Node>(0, nodes))));
  std::vector<Edge> edges;
  for (const auto& [from, to] : ends) edges.push_back({from, to, static_cast<double>(1 + (from * 7 + to) % 3)});
  return edges;
}

RC_GTEST_PROP(KCore, equals_its_slow_twin, ()) {
  const auto nodes = *rc::gen::inRange<Node>(1, 15);
  const std::vector<Edge> edges = random_edges(nodes, 60);
  RC_ASSERT(core_numbers(nodes, edges) == slow_core_numbers(nodes, edges));
}

RC_GTEST_PROP(PageRank, keeps_all_walkers, ()) {
  const auto nodes = *rc::gen::inRange<Node>(1, 15);
  const Iterated ranks = page_rank(nodes, random_edges(nodes, 60));
  RC_ASSERT(ranks.converged);
  RC_ASSERT(std::abs(sum(ranks.value) - 1.0) < 1e-9);
}

RC_GTEST_PROP(LeaderRank, keeps_all_scores, ()) {
  const auto nodes = *rc::gen::inRange<Node>(1, 15);
  const Iterated ranks = leader_rank(nodes, random_edges(nodes, 60));
  RC_ASSERT(ranks.converged);
  RC_ASSERT(std::abs(sum(ranks.value) - static_cast<double>(nodes)) < 1e-6);
}

}  // namespace
}  // namespace renown::graph
