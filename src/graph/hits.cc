#include "graph/hits.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace renown::graph {
namespace {

constexpr std::size_t kMaxSteps = 2000;
constexpr double kTolerance = 1e-10;

/// What each node gets from its row.
void pull(const Rows& rows, const std::vector<double>& from, std::vector<double>& to) {
  for (Node node = 0; node < rows.size(); ++node) {
    double sum = 0.0;
    for (const Neighbour& neighbour : rows.of(node)) sum += neighbour.weight * from[neighbour.node];
    to[node] = sum;
  }
}

}  // namespace

Iterated hits_authority(std::size_t nodes, const std::vector<Edge>& edges) {
  Iterated result;
  const Rows in = rows_to(nodes, edges);
  const Rows out = rows_from(nodes, edges);
  std::vector<double> now(nodes, 1.0);
  std::vector<double> next(nodes);
  std::vector<double> hub(nodes);
  while (!result.converged && result.steps < kMaxSteps) {
    pull(out, now, hub);
    pull(in, hub, next);
    const double largest = nodes == 0 ? 0.0 : *std::ranges::max_element(next);
    if (largest <= 0.0) {  // no weight anywhere
      result.converged = true;
      break;
    }
    double moved = 0.0;
    for (Node node = 0; node < nodes; ++node) {
      next[node] /= largest;
      moved = std::max(moved, std::abs(next[node] - now[node]));
    }
    std::swap(now, next);
    ++result.steps;
    result.converged = moved <= kTolerance;
  }
  result.value = std::move(now);
  return result;
}

}  // namespace renown::graph
