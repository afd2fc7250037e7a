#include "graph/k_core.h"

#include <algorithm>
#include <utility>

namespace renown::graph {
namespace {

Rows undirected(std::size_t nodes, const std::vector<Edge>& edges) {
  std::vector<Edge> both;
  both.reserve(edges.size() * 2);
  for (const Edge& edge : edges) {
    if (edge.from == edge.to) continue;
    both.push_back({edge.from, edge.to, 1.0});
    both.push_back({edge.to, edge.from, 1.0});
  }
  return rows_to(nodes, std::move(both));
}

/// Nodes in order of the neighbours they have left, so that one fewer is a swap with the first of its degree.
class ByDegree {
 public:
  explicit ByDegree(const Rows& rows) : degree_(rows.size()), order_(rows.size()), place_(rows.size()) {
    std::uint32_t largest = 0;
    for (Node node = 0; node < rows.size(); ++node) {
      degree_[node] = static_cast<std::uint32_t>(rows.of(node).size());
      largest = std::max(largest, degree_[node]);
    }
    first_.assign(std::size_t{largest} + 2, 0);
    for (const std::uint32_t degree : degree_) ++first_[degree + 1];
    for (std::size_t d = 1; d < first_.size(); ++d) first_[d] += first_[d - 1];
    std::vector<std::size_t> next(first_);
    for (Node node = 0; node < rows.size(); ++node) {
      place_[node] = next[degree_[node]]++;
      order_[place_[node]] = node;
    }
  }

  Node at(std::size_t place) const { return order_[place]; }
  std::uint32_t degree(Node node) const { return degree_[node]; }

  /// One neighbour fewer; the node must not have been passed yet.
  void lower(Node node) {
    const std::size_t first = first_[degree_[node]]++;
    const Node other = order_[first];
    std::swap(order_[first], order_[place_[node]]);
    std::swap(place_[node], place_[other]);
    --degree_[node];
  }

 private:
  std::vector<std::uint32_t> degree_;
  std::vector<Node> order_;
  std::vector<std::size_t> place_;
  std::vector<std::size_t> first_;  ///< place of the first node of each degree
};

}  // namespace

std::vector<std::uint32_t> core_numbers(std::size_t nodes, const std::vector<Edge>& edges) {
  const Rows rows = undirected(nodes, edges);
  ByDegree left(rows);
  std::vector<std::uint32_t> core(nodes);
  for (std::size_t place = 0; place < nodes; ++place) {
    const Node node = left.at(place);
    core[node] = left.degree(node);
    for (const Neighbour& neighbour : rows.of(node)) {
      if (left.degree(neighbour.node) > core[node]) left.lower(neighbour.node);
    }
  }
  return core;
}

}  // namespace renown::graph
