#include "graph/dense_block.h"

#include <functional>
#include <limits>
#include <numeric>
#include <queue>
#include <utility>

namespace renown::graph {
namespace {

/// The nodes are the rows, then the columns. Edges stand twice, once at each end, in one array by node.
struct Adjacency {
  Adjacency(std::span<const BlockEdge> edges, std::uint32_t rows, std::uint32_t columns) : begin(rows + columns + 1) {
    for (const BlockEdge& edge : edges) {
      ++begin[edge.row + 1];
      ++begin[rows + edge.column + 1];
    }
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    ends.resize(2 * edges.size());
    std::vector<std::uint64_t> next(begin.begin(), begin.end() - 1);
    for (const BlockEdge& edge : edges) {
      ends[next[edge.row]++] = {rows + edge.column, edge.weight};
      ends[next[rows + edge.column]++] = {edge.row, edge.weight};
    }
  }

  struct End {
    std::uint32_t node;
    std::uint32_t weight;
  };

  std::span<const End> of(std::uint32_t node) const {
    return std::span(ends).subspan(begin[node], begin[node + 1] - begin[node]);
  }

  std::vector<std::uint64_t> begin;
  std::vector<End> ends;
};

/// Weight of a block over its number of nodes, compared without division: counts stay below 2^32, weights below 2^63.
struct Ratio {
  std::uint64_t weight = 0;
  std::uint64_t nodes = 1;
};

__extension__ using Wide = unsigned __int128;

bool denser(const Ratio& a, const Ratio& b) {
  return Wide{a.weight} * b.nodes > Wide{b.weight} * a.nodes;
}

}  // namespace

double DenseBlock::density() const {
  const std::size_t nodes = rows.size() + columns.size();
  return nodes == 0 ? 0.0 : static_cast<double>(weight) / static_cast<double>(nodes);
}

DenseBlock densest_block(std::span<const BlockEdge> edges, std::uint32_t rows, std::uint32_t columns) {
  const Adjacency graph(edges, rows, columns);
  const std::uint32_t nodes = rows + columns;
  std::vector<std::uint64_t> left(nodes);  // weight of a node's edges to nodes that are still there
  Ratio now{0, 0};
  for (std::uint32_t node = 0; node < nodes; ++node) {
    for (const auto& end : graph.of(node)) left[node] += end.weight;
    if (!graph.of(node).empty()) ++now.nodes;
  }
  for (const BlockEdge& edge : edges) now.weight += edge.weight;
  if (now.nodes == 0) return {};

  // A node's place in the queue is not moved when its weight falls: it is entered again, and the old entry skipped.
  using Entry = std::pair<std::uint64_t, std::uint32_t>;
  std::vector<Entry> entries;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    if (!graph.of(node).empty()) entries.emplace_back(left[node], node);
  }
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> lightest(std::greater<>(), std::move(entries));

  constexpr std::uint32_t kStays = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> taken_at(nodes, kStays);
  std::uint32_t step = 0;
  std::uint32_t best_step = 0;
  Ratio best = now;
  while (!lightest.empty()) {
    const auto [weight, node] = lightest.top();
    lightest.pop();
    if (taken_at[node] != kStays || weight != left[node]) continue;
    taken_at[node] = step++;
    now.weight -= weight;
    --now.nodes;
    for (const auto& end : graph.of(node)) {
      if (taken_at[end.node] != kStays) continue;
      left[end.node] -= end.weight;
      lightest.emplace(left[end.node], end.node);
    }
    if (now.nodes > 0 && denser(now, best)) {
      best = now;
      best_step = step;
    }
  }

  DenseBlock block;
  block.weight = best.weight;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    if (graph.of(node).empty() || taken_at[node] < best_step) continue;
    if (node < rows) {
      block.rows.push_back(node);
    } else {
      block.columns.push_back(node - rows);
    }
  }
  return block;
}

std::vector<std::uint32_t> connected_parts(std::span<const BlockEdge> edges, std::uint32_t rows,
                                           std::uint32_t columns) {
  std::vector<std::uint32_t> parent(rows + columns);
  std::iota(parent.begin(), parent.end(), 0u);
  const auto root = [&parent](std::uint32_t node) {
    while (parent[node] != node) node = parent[node] = parent[parent[node]];
    return node;
  };
  for (const BlockEdge& edge : edges) parent[root(edge.row)] = root(rows + edge.column);

  constexpr std::uint32_t kUnnumbered = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> number(rows + columns, kUnnumbered);
  std::vector<std::uint32_t> parts;
  parts.reserve(edges.size());
  std::uint32_t next = 0;
  for (const BlockEdge& edge : edges) {
    std::uint32_t& part = number[root(edge.row)];
    if (part == kUnnumbered) part = next++;
    parts.push_back(part);
  }
  return parts;
}

}  // namespace renown::graph
