/// RankedSet: a set of whole numbers below a bound, which tells of each how many of its numbers come before it.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace renown::base {

/// So values of some of many things stand close together, in the order of the things: a bit and a half for each of the
/// many, instead of a value. Fewer than 2^32 numbers.
class RankedSet {
 public:
  RankedSet() = default;
  explicit RankedSet(std::size_t bound) : words_(bound / 64 + 1), before_(words_.size()) {}

  void add(std::size_t number) { words_[number / 64] |= bit(number); }

  /// To be called once after the last add().
  void finish() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      before_[i] = static_cast<std::uint32_t>(size_);
      size_ += static_cast<std::size_t>(std::popcount(words_[i]));
    }
  }

  std::size_t size() const { return size_; }
  bool contains(std::size_t number) const {
    return number / 64 < words_.size() && (words_[number / 64] & bit(number)) != 0;
  }

  /// How many numbers of the set are below this one.
  std::size_t rank(std::size_t number) const {
    return before_[number / 64] + static_cast<std::size_t>(std::popcount(words_[number / 64] & (bit(number) - 1)));
  }

 private:
  static std::uint64_t bit(std::size_t number) { return std::uint64_t{1} << number % 64; }

  std::vector<std::uint64_t> words_;
  std::vector<std::uint32_t> before_;  ///< numbers in earlier words
  std::size_t size_ = 0;
};

}  // namespace renown::base
