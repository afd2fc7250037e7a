/// HITS (Kleinberg 1999): who is pointed to by those who point to the right ones.
#pragma once

#include <vector>

#include "graph/rows.h"

namespace renown::graph {

/// Authority: the first eigenvector of A^T A, from the all-ones start, scaled so that its largest value is 1.
/// a_v = sum of w_uv h_u over edges u -> v, h_u = sum of w_uv a_v. Where several parts of a graph are equally strong
/// the start decides how they share; nodes of weaker parts come to 0.
///
/// edges    of weight >= 0; without any weight every node has 1
/// returns  by node; not converged if some value still moves by more than 1e-10 after 2,000 steps
Iterated hits_authority(std::size_t nodes, const std::vector<Edge>& edges);

}  // namespace renown::graph
