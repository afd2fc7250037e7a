/// PageRank (Brin and Page 1998), weighted: where a walker ends who follows edges in proportion to their weights.
#pragma once

#include <vector>

#include "graph/rows.h"

namespace renown::graph {

/// x = (1 - d) / n + d (sum over edges u -> v of x_u w_uv / w_u + mass of sinks / n)
///
/// A node from which no weight goes out is a sink: its walker goes on anywhere, all nodes alike. The values sum to 1
/// and have no unit.
///
/// edges    of weight >= 0; engager -> target
/// damping  d, in [0, 1)
/// returns  by node; not converged if the values of two steps still differ by more than 1e-12 in sum after 1,000 steps
Iterated page_rank(std::size_t nodes, const std::vector<Edge>& edges, double damping = 0.85);

}  // namespace renown::graph
