#include "graph/page_rank.h"

#include <cmath>
#include <utility>

#include "base/pairwise_sum.h"

namespace renown::graph {
namespace {

constexpr std::size_t kMaxSteps = 1000;
constexpr double kTolerance = 1e-12;

}  // namespace

Iterated page_rank(std::size_t nodes, const std::vector<Edge>& edges, double damping) {
  Iterated result;
  result.converged = nodes == 0;
  if (nodes == 0) return result;
  const Rows rows = rows_to(nodes, edges);
  std::vector<double> weight_out(nodes);
  for (const Neighbour& neighbour : rows.neighbours) weight_out[neighbour.node] += neighbour.weight;

  const double share = 1.0 / static_cast<double>(nodes);
  std::vector<double> now(nodes, share);
  std::vector<double> next(nodes);
  std::vector<double> sent(nodes);  // by each unit of weight
  while (!result.converged && result.steps < kMaxSteps) {
    for (Node node = 0; node < nodes; ++node) sent[node] = weight_out[node] > 0.0 ? now[node] / weight_out[node] : 0.0;
    const double sinks =
        base::pairwise_sum(0, nodes, [&](std::size_t i) { return weight_out[i] > 0.0 ? 0.0 : now[i]; });
    const double floor = (1.0 - damping) * share + damping * sinks * share;
    for (Node node = 0; node < nodes; ++node) {
      double received = 0.0;
      for (const Neighbour& neighbour : rows.of(node)) received += sent[neighbour.node] * neighbour.weight;
      next[node] = floor + damping * received;
    }
    const double moved = base::pairwise_sum(0, nodes, [&](std::size_t i) { return std::abs(next[i] - now[i]); });
    std::swap(now, next);
    ++result.steps;
    result.converged = moved <= kTolerance;
  }
  result.value = std::move(now);
  return result;
}

}  // namespace renown::graph
