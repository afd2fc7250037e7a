/// TargetReader: the pairs of a partition, target by target, as the engagers that a card is made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/buffer.h"
#include "score/card.h"
#include "score/partition_pairs.h"

namespace renown::score {

/// What is asked of an engager for each pair, in one byte that one look finds.
struct Trait {
  std::uint8_t group : 6 = 0;  ///< of the interval
  std::uint8_t verified : 1 = 0;
  std::uint8_t in_farm : 1 = 0;
};
static_assert(sizeof(Trait) == 1);

/// One target and who engages with it, but for farms, which weigh nothing. Valid until the next target.
struct TargetEngagers {
  aggregate::PersonId person = 0;
  std::span<const WeighedPair> pairs;
  std::span<const WeighedPair> with_farms;  ///< the same and those of farms
  std::span<Engager> engagers;              ///< one for each pair, with standing 1
  std::uint64_t interactions = 0;
  std::uint64_t farm_acts = 0;
  std::uint32_t reach = 0;
};

/// One for each thread.
class TargetReader {
 public:
  /// traits  by person; both must outlive the reader
  TargetReader(PartitionPairs& pairs, const std::vector<Trait>& traits) : pairs_(pairs), traits_(traits) {}

  /// Reads a partition, which must stay as it is until the next is loaded.
  void load(std::size_t partition);

  /// on_target(TargetEngagers) for each target of the loaded partition for which wanted(person) holds, rising.
  template <class Wanted, class OnTarget>
  void for_each_target(const Wanted& wanted, const OnTarget& on_target) {
    const double* share = pairs_.share_engagements[partition_].data();
    std::size_t begin = 0;
    for (const TargetPairs& target : pairs_.targets[partition_]) {
      const std::span<const WeighedPair> pairs = loaded_.subspan(begin, target.pairs);
      if (wanted(target.target)) {
        on_target(read(target.target, pairs, share));
      } else {
        share += count_own_shares(pairs);
      }
      begin += target.pairs;
    }
  }

 private:
  static std::ptrdiff_t count_own_shares(std::span<const WeighedPair> pairs);
  TargetEngagers read(aggregate::PersonId person, std::span<const WeighedPair> pairs, const double*& share);

  PartitionPairs& pairs_;
  const std::vector<Trait>& traits_;
  std::size_t partition_ = 0;
  std::span<const WeighedPair> loaded_;
  base::Buffer<WeighedPair> room_;  ///< for what is loaded
  base::Buffer<WeighedPair> kept_;  ///< of the target that is looked at, where some of its pairs are not
  base::Buffer<Engager> engagers_;
};

}  // namespace renown::score
