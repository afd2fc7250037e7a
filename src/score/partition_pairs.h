/// PartitionPairs: the weighed pairs of a log by target, partition after partition, in memory or on disk.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "aggregate/event_table.h"
#include "aggregate/rules.h"
#include "base/partitioned.h"

namespace renown::score {

/// All acts of one engager-person on one target-person, weighed at as_of, in sixteen bytes.
struct WeighedPair {
  /// How w of reposts and quotes alone stands to w: for most pairs it need not be kept.
  enum class Share : std::uint8_t { none, all, own };
  static constexpr std::uint32_t kMostActs = (1u << 29) - 1;

  aggregate::PersonId engager = 0;
  std::uint32_t acts : 29 = 0;
  std::uint32_t inside_window : 1 = 0;
  std::uint32_t share : 2 = 0;  ///< a Share
  double engagement = 0.0;      ///< w, unit: people
};
static_assert(sizeof(WeighedPair) == 16);

/// A target-person and how many pairs it has.
struct TargetPairs {
  aggregate::PersonId target = 0;
  std::uint32_t pairs = 0;
};

/// That an account of a person with several was engaged with: whose row appears in the score file.
struct Receipt {
  aggregate::AccountId account = 0;
  aggregate::PersonId engager = 0;
};

struct PartitionPairs {
  explicit PartitionPairs(base::SpillArea& area) : pairs(area) {}

  base::Partitioned<WeighedPair> pairs;                                  ///< target by target, engagers rising
  std::array<std::vector<TargetPairs>, base::kPartitions> targets;       ///< rising
  std::array<std::vector<double>, base::kPartitions> share_engagements;  ///< of pairs with Share::own, in their order
  std::array<std::vector<Receipt>, base::kPartitions> receipts;          ///< of linked persons
};

}  // namespace renown::score
