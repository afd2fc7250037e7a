#include "graph/leader_rank.h"

#include <cmath>
#include <utility>

#include "base/pairwise_sum.h"

namespace renown::graph {
namespace {

constexpr std::size_t kMaxSteps = 2000;
constexpr double kTolerance = 1e-10;  ///< for each node

}  // namespace

Iterated leader_rank(std::size_t nodes, const std::vector<Edge>& edges) {
  Iterated result;
  const Rows rows = rows_to(nodes, edges);
  std::vector<double> degree_out(nodes, 1.0);  // the ground node
  bool any_edge = false;
  for (const Neighbour& neighbour : rows.neighbours) {
    if (neighbour.weight <= 0.0) continue;
    degree_out[neighbour.node] += 1.0;
    any_edge = true;
  }
  std::vector<double> now(nodes, 1.0);
  result.converged = !any_edge;  // to and fro with the ground node for ever; all alike is what it comes to

  const auto count = static_cast<double>(nodes);
  double ground = 0.0;
  std::vector<double> next(nodes);
  std::vector<double> sent(nodes);
  while (!result.converged && result.steps < kMaxSteps) {
    for (Node node = 0; node < nodes; ++node) sent[node] = now[node] / degree_out[node];
    for (Node node = 0; node < nodes; ++node) {
      double received = ground / count;
      for (const Neighbour& neighbour : rows.of(node)) received += neighbour.weight > 0.0 ? sent[neighbour.node] : 0.0;
      next[node] = received;
    }
    const double moved = base::pairwise_sum(0, nodes, [&](std::size_t i) { return std::abs(next[i] - now[i]); });
    ground = base::pairwise_sum(0, nodes, [&](std::size_t i) { return sent[i]; });
    std::swap(now, next);
    ++result.steps;
    result.converged = moved <= kTolerance * count;
  }
  for (double& value : now) value += ground / count;
  result.value = std::move(now);
  return result;
}

}  // namespace renown::graph
