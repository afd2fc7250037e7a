/// Rows: a weighted directed graph, laid out by node (compressed sparse rows).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace renown::graph {

using Node = std::uint32_t;

struct Edge {
  Node from = 0;
  Node to = 0;
  double weight = 1.0;  ///< >= 0
};

struct Neighbour {
  Node node = 0;
  double weight = 0.0;
};

/// For each node its neighbours in rising order, each once.
struct Rows {
  std::vector<std::uint64_t> begin;  ///< neighbours of node v: [begin[v], begin[v + 1])
  std::vector<Neighbour> neighbours;

  std::size_t size() const { return begin.size() - 1; }
  std::span<const Neighbour> of(Node node) const {
    return std::span(neighbours).subspan(begin[node], begin[node + 1] - begin[node]);
  }
};

/// Who points to each node. Parallel edges become one with the sum of their weights, whatever their order in `edges`;
/// loops stay. Every end of an edge is below `nodes`. O(nodes + edges log edges) time.
Rows rows_to(std::size_t nodes, std::vector<Edge> edges);

/// To whom each node points; otherwise as rows_to.
Rows rows_from(std::size_t nodes, std::vector<Edge> edges);

/// Values of all nodes that an iteration came to.
struct Iterated {
  std::vector<double> value;
  std::size_t steps = 0;
  bool converged = false;  ///< false: the limit of steps came first, and the values are not to be relied upon
};

}  // namespace renown::graph
