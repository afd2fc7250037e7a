/// LeaderRank (Lü, Zhang, Yeung and Zhou 2011): PageRank without a damping constant, by one node that everybody knows.
#pragma once

#include <vector>

#include "graph/rows.h"

namespace renown::graph {

/// A ground node is joined to and from every node; every node begins with 1, the ground node with 0, and each step all
/// give what they have to those they point to, in equal parts. In the end the ground node shares out what it holds.
/// As published, weights do not count: an edge of weight above 0 is an edge. The values sum to `nodes`.
///
/// edges    engager -> target; without any every node has 1
/// returns  by node; not converged if the values of two steps still differ by more than 1e-10 a node after 2,000 steps
Iterated leader_rank(std::size_t nodes, const std::vector<Edge>& edges);

}  // namespace renown::graph
