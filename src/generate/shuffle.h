/// Shuffle: numbers in another order, one by one and without a table.
#pragma once

#include <cstdint>
#include <numeric>

namespace renown::generate {

/// The numbers 0 ... count - 1 in another order. count is 1 ... 2^32 - 1.
class Shuffle {
 public:
  Shuffle(std::uint64_t count, std::uint64_t random)
      : count_(count),
        inverse_(~std::uint64_t{0} / count),
        factor_((random % count) | 1),
        offset_((random >> 32) % count) {
    while (std::gcd(factor_, count_) != 1) ++factor_;
  }

  std::uint64_t operator()(std::uint64_t number) const {
    const std::uint64_t product = number * factor_ + offset_;
    // product % count by a multiplication, five times as quick: the estimate is the quotient or up to two less.
    const auto quotient = static_cast<std::uint64_t>(static_cast<Wide>(product) * inverse_ >> 64);
    std::uint64_t rest = product - quotient * count_;
    while (rest >= count_) rest -= count_;
    return rest;
  }

 private:
  __extension__ using Wide = unsigned __int128;

  std::uint64_t count_, inverse_, factor_, offset_;
};

}  // namespace renown::generate
