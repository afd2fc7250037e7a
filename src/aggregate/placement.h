/// Placement: where each person's data stands among the partitions.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "aggregate/account_order.h"
#include "aggregate/intake.h"
#include "aggregate/person_numbers.h"
#include "base/partitioned.h"

namespace renown::aggregate {

/// The persons of a partition are numbered from 0 on in the order of their numbers: arrays by such a place are small,
/// and two lists sorted by place can be merged. 5 bytes a person.
class Placement {
 public:
  Placement(const Intake& intake, const AccountOrder& order, const PersonNumbers& persons);

  std::size_t partition_of(PersonId person) const { return partition_of_[person]; }
  std::uint32_t place_of(PersonId person) const { return place_of_[person]; }
  std::uint32_t persons_in(std::size_t partition) const { return persons_in_[partition]; }

 private:
  std::vector<std::uint8_t> partition_of_;
  std::vector<std::uint32_t> place_of_;
  std::array<std::uint32_t, base::kPartitions> persons_in_{};
};

}  // namespace renown::aggregate
