/// RowSetDigest: one number for a set of interactions, whatever their order.
#pragma once

#include <cstdint>
#include <string>

#include "model/interaction_block.h"

namespace renown::pipeline {

/// The sum, modulo 2^128, of a hash of each row. For a data folder, whose file differs from machine to machine while
/// its rows are the same; it tells accidents, not forgers.
class RowSetDigest {
 public:
  RowSetDigest() = default;
  /// Goes on from high() and low() of another one.
  RowSetDigest(std::uint64_t high, std::uint64_t low) : high_(high), low_(low) {}

  void add(const model::InteractionBlock& block);

  /// 32 hexadecimal digits.
  std::string hex() const;
  std::uint64_t high() const { return high_; }
  std::uint64_t low() const { return low_; }

 private:
  std::string row_bytes_;
  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
};

}  // namespace renown::pipeline
