/// PairSketch: tells most pairs of accounts that are not in a set from those that may be, in a byte a pair.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "aggregate/account_table.h"

namespace renown::aggregate {

/// One bit for each pair, at a place that its hash says: of the pairs that are not in the set about one in nine is
/// taken for one that is. Cost: a look at one byte.
class PairSketch {
 public:
  /// Forgets all pairs, and makes room for so many.
  void clear(std::size_t pairs) {
    const std::size_t bits = std::bit_ceil(std::max<std::size_t>(64, 8 * pairs));
    words_.assign(bits / 64, 0);
    shift_ = 64 - static_cast<unsigned>(std::countr_zero(bits));
  }
  void add(AccountId first, AccountId second) {
    const std::size_t at = place_of(first, second);
    words_[at / 64] |= std::uint64_t{1} << at % 64;
  }
  /// false: the pair was not added.
  bool may_hold(AccountId first, AccountId second) const {
    const std::size_t at = place_of(first, second);
    return (words_[at / 64] >> at % 64 & 1) != 0;
  }

 private:
  std::size_t place_of(AccountId first, AccountId second) const {
    return (first * 0x9e3779b97f4a7c15 ^ second * 0xc4ceb9fe1a85ec53) * 0xff51afd7ed558ccd >> shift_;
  }

  std::vector<std::uint64_t> words_ = {0};
  unsigned shift_ = 58;
};

}  // namespace renown::aggregate
