/// Draws: random numbers that a seed and what they are for decide, and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace renown::attack {

/// A row of numbers. Two with another seed, purpose or key have nothing to do with each other.
class Draws {
 public:
  Draws(std::uint64_t seed, std::string_view purpose, std::string_view key)
      : state_(base::mix64(base::mix64(base::mix64(seed) ^ base::stable_hash(purpose)) ^ base::stable_hash(key))) {}

  std::uint64_t bits() { return base::mix64(state_ += 0x9e3779b97f4a7c15); }

  /// 0 <= number < end; end > 0. Off by at most end / 2^64 from even.
  std::uint64_t below(std::uint64_t end) {
    return static_cast<std::uint64_t>((static_cast<unsigned __int128>(bits()) * end) >> 64);
  }

  /// 0 <= number < 1
  double unit() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

  /// Puts `items` into a drawn order.
  template <class Item>
  void shuffle(std::vector<Item>& items) {
    for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[below(left)]);
  }

 private:
  std::uint64_t state_;
};

}  // namespace renown::attack
