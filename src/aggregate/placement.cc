#include "aggregate/placement.h"

namespace renown::aggregate {

static_assert(base::kPartitions == 256, "a partition is one byte");

Placement::Placement(const Intake& intake, const AccountOrder& order, const PersonNumbers& persons)
    : partition_of_(persons.size()) {
  for (PersonId person = 0; person < persons.size(); ++person) {
    const AccountId account = order.at_rank(persons.first_account(person));
    partition_of_[person] = static_cast<std::uint8_t>(intake.partition_of(account));
  }
}

}  // namespace renown::aggregate
