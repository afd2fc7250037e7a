/// Row pieces: rows that can be made in any order, made a block at a time by several threads and handed on in order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/parallel.h"
#include "model/interaction_block.h"

namespace renown::pipeline {

/// Appends rows begin ... end - 1. Called by several threads at once, each with a block of its own.
using RowMaker = std::function<void(std::uint64_t begin, std::uint64_t end, model::InteractionBlock& block)>;

/// A few blocks of consecutive rows at a time. The blocks are the same for any number of threads.
class RowPieces {
 public:
  /// `make` must outlive it.
  RowPieces(std::uint64_t rows, const RowMaker& make, std::size_t threads)
      : rows_(rows), make_(make), threads_(std::max<std::size_t>(1, threads)), blocks_(threads_ * kPiecesAThread) {}

  std::uint64_t made() const { return made_; }  ///< rows so far
  bool done() const { return made_ == rows_; }
  const model::InteractionBlock& operator[](std::size_t piece) const { return blocks_[piece]; }

  /// Makes the next blocks.
  /// returns  how many; the next call overwrites them
  std::size_t make_more() {
    const std::uint64_t left = (rows_ - made_ + kRowsAPiece - 1) / kRowsAPiece;
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, blocks_.size()));
    base::parallel_for(count, threads_, 1, [&](std::size_t first, std::size_t last) {
      for (std::size_t piece = first; piece < last; ++piece) {
        const std::uint64_t from = made_ + piece * kRowsAPiece;
        blocks_[piece].clear();
        make_(from, std::min(rows_, from + kRowsAPiece), blocks_[piece]);
      }
    });
    made_ = std::min(rows_, made_ + count * kRowsAPiece);
    return count;
  }

 private:
  static constexpr std::uint64_t kRowsAPiece = model::InteractionBlock::kRows;
  static constexpr std::size_t kPiecesAThread = 4;

  std::uint64_t rows_;
  std::uint64_t made_ = 0;
  const RowMaker& make_;
  std::size_t threads_;
  std::vector<model::InteractionBlock> blocks_;
};

}  // namespace renown::pipeline
