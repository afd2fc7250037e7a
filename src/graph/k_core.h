/// k-core (Seidman 1983): the largest k so that a node is part of a subgraph in which everybody has k neighbours.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/rows.h"

namespace renown::graph {

/// The core number of every node in the undirected simple graph behind `edges`: directions, weights, loops and repeated
/// edges do not count. Batagelj and Zaversnik 2003; O(nodes + edges log edges) time.
std::vector<std::uint32_t> core_numbers(std::size_t nodes, const std::vector<Edge>& edges);

}  // namespace renown::graph
