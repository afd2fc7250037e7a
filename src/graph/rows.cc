#include "graph/rows.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace renown::graph {

Rows rows_to(std::size_t nodes, std::vector<Edge> edges) {
  std::ranges::sort(edges, {}, [](const Edge& edge) { return std::tuple(edge.to, edge.from, edge.weight); });
  Rows rows;
  rows.begin.assign(nodes + 1, 0);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const Edge& edge = edges[i];
    const bool parallel = i > 0 && edges[i - 1].to == edge.to && edges[i - 1].from == edge.from;
    if (parallel) {
      rows.neighbours.back().weight += edge.weight;
    } else {
      rows.neighbours.push_back({edge.from, edge.weight});
      ++rows.begin[edge.to + 1];
    }
  }
  for (std::size_t node = 0; node < nodes; ++node) rows.begin[node + 1] += rows.begin[node];
  return rows;
}

Rows rows_from(std::size_t nodes, std::vector<Edge> edges) {
  for (Edge& edge : edges) std::swap(edge.from, edge.to);
  return rows_to(nodes, std::move(edges));
}

}  // namespace renown::graph
