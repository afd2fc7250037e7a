/// PageRank, HITS and k-core against igraph on random graphs, with sinks, loops, repeated edges and lone nodes.

#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>
#include <igraph.h>

#include "base/hash.h"
#include "graph/hits.h"
#include "graph/k_core.h"
#include "graph/page_rank.h"

namespace renown::graph {
namespace {

/// Edges drawn from a seed; low nodes are pointed to more often. Node numbers from `nodes` - 3 on have no edges.
std::vector<Edge> random_edges(std::size_t nodes, std::size_t count, std::uint64_t seed) {
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t draw = base::mix64(base::mix64(seed) + i);
    const std::uint64_t linked = nodes - 3;
    const auto from = static_cast<Node>((draw & 0xffff) % linked);
    const auto to = static_cast<Node>(std::min((draw >> 16 & 0xffff) % linked, (draw >> 32 & 0xffff) % linked));
    edges.push_back({from, to, static_cast<double>(1 + (draw >> 48) % 4)});
  }
  return edges;
}

/// A graph of igraph's with weights, freed in the end.
class Oracle {
 public:
  Oracle(std::size_t nodes, const std::vector<Edge>& edges) {
    igraph_vector_int_t ends;
    igraph_vector_int_init(&ends, 0);
    igraph_vector_init(&weights_, 0);
    for (const Edge& edge : edges) {
      igraph_vector_int_push_back(&ends, edge.from);
      igraph_vector_int_push_back(&ends, edge.to);
      igraph_vector_push_back(&weights_, edge.weight);
    }
    igraph_create(&graph_, &ends, static_cast<igraph_integer_t>(nodes), IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&ends);
  }
  Oracle(const Oracle&) = delete;
  Oracle& operator=(const Oracle&) = delete;
  ~Oracle() {
    igraph_vector_destroy(&weights_);
    igraph_destroy(&graph_);
  }

  std::vector<double> page_rank() {
    igraph_vector_t result;
    igraph_vector_init(&result, 0);
    igraph_pagerank(&graph_, IGRAPH_PAGERANK_ALGO_PRPACK, &result, nullptr, igraph_vss_all(), IGRAPH_DIRECTED, 0.85,
                    &weights_, nullptr);
    return taken(result);
  }

  std::vector<double> hits_authority() {
    igraph_vector_t result;
    igraph_vector_init(&result, 0);
    igraph_hub_and_authority_scores(&graph_, nullptr, &result, nullptr, true, &weights_, nullptr);
    return taken(result);
  }

  std::vector<std::uint32_t> core_numbers() {
    igraph_simplify(&graph_, true, true, nullptr);
    igraph_to_undirected(&graph_, IGRAPH_TO_UNDIRECTED_COLLAPSE, nullptr);
    igraph_vector_int_t result;
    igraph_vector_int_init(&result, 0);
    igraph_coreness(&graph_, &result, IGRAPH_ALL);
    std::vector<std::uint32_t> cores;
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(&result); ++i)
      cores.push_back(static_cast<std::uint32_t>(VECTOR(result)[i]));
    igraph_vector_int_destroy(&result);
    return cores;
  }

 private:
  static std::vector<double> taken(igraph_vector_t& vector) {
    const std::vector<double> values(VECTOR(vector), VECTOR(vector) + igraph_vector_size(&vector));
    igraph_vector_destroy(&vector);
    return values;
  }

  igraph_t graph_;
  igraph_vector_t weights_;
};

void expect_near(const Iterated& got, const std::vector<double>& wanted, double tolerance) {
  EXPECT_TRUE(got.converged);
  ASSERT_EQ(got.value.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) ASSERT_NEAR(got.value[i], wanted[i], tolerance) << "node " << i;
}

struct Size {
  std::size_t nodes;
  std::size_t edges;
};

class AgainstIgraph : public testing::TestWithParam<Size> {};

TEST_P(AgainstIgraph, page_rank_hits_and_cores_agree) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const auto [nodes, count] = GetParam();
    const std::vector<Edge> edges = random_edges(nodes, count, seed);
    Oracle oracle(nodes, edges);
    expect_near(page_rank(nodes, edges), oracle.page_rank(), 1e-9);
    expect_near(hits_authority(nodes, edges), oracle.hits_authority(), 1e-6);
    EXPECT_EQ(core_numbers(nodes, edges), oracle.core_numbers());
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, AgainstIgraph,
                         testing::Values(Size{8, 12}, Size{30, 60}, Size{100, 1000}, Size{1000, 2500},
                                         Size{2000, 20000}));

}  // namespace
}  // namespace renown::graph
