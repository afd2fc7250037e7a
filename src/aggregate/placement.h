/// Placement: in which partition each person's data stands.
#pragma once

#include <cstdint>
#include <vector>

#include "aggregate/account_order.h"
#include "aggregate/intake.h"
#include "aggregate/person_numbers.h"
#include "base/partitioned.h"
#include "base/prefetch.h"

namespace renown::aggregate {

/// One byte a person, which stays in the cache where the way there (account, home, partition) would not.
class Placement {
 public:
  Placement(const Intake& intake, const AccountOrder& order, const PersonNumbers& persons);

  std::size_t partition_of(PersonId person) const { return partition_of_[person]; }
  /// Has it fetched that will soon be asked for.
  void prefetch(PersonId person) const { base::prefetch(&partition_of_[person]); }

 private:
  std::vector<std::uint8_t> partition_of_;
};

}  // namespace renown::aggregate
