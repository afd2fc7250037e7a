/// Dense blocks of a bipartite graph: groups of rows that share unusually many columns.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace renown::graph {

/// One edge. At most one stands between a row and a column; weights are whole numbers, so that sums are exact and do
/// not depend on their order.
struct BlockEdge {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::uint32_t weight = 0;
};

/// Rows and columns, both rising. Empty where the graph has no edge.
struct DenseBlock {
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> columns;
  std::uint64_t weight = 0;  ///< of the edges between them

  /// Weight for each row and column: what the search makes large. 0 for an empty block.
  double density() const;
};

/// The densest block met by greedy peeling: nodes are taken away one after the other, always the one with the least
/// weight left, rows before columns and lower numbers first where several have it; the block is what was left when
/// weight / (rows + columns) was largest, the larger block at a tie. It is at least half as dense as the densest block
/// that there is (Hooi et al., FRAUDAR, KDD 2016, theorem 1; Charikar 2000).
///
/// Weights resist camouflage as long as the caller takes a column's weight from that column alone: edges that a row
/// adds elsewhere then never make the block around it lighter.
///
/// edges  row < rows, column < columns
/// cost   O(edges log edges) time, 24 bytes an edge
DenseBlock densest_block(std::span<const BlockEdge> edges, std::uint32_t rows, std::uint32_t columns);

/// The part of the graph that each edge belongs to, 0 ... n - 1 in the order of the parts' first edges: two edges are
/// of one part if a path leads from one to the other.
std::vector<std::uint32_t> connected_parts(std::span<const BlockEdge> edges, std::uint32_t rows, std::uint32_t columns);

}  // namespace renown::graph
