/// PersonNumbers: which person is behind each account, in room for a hundred million accounts of whom few are linked.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "renown/account.h"

#include "aggregate/account_order.h"
#include "aggregate/rules.h"

namespace renown::aggregate {

/// Accounts go by their rank here. Persons are numbered by the first of their accounts, as in PeopleIndex; where nobody
/// is linked a person's number is the account's.
class PersonNumbers {
 public:
  PersonNumbers() = default;

  /// people  must outlive the numbers
  PersonNumbers(const AccountTable& accounts, const AccountOrder& order, const PeopleMap& people);

  std::size_t size() const { return size_; }
  bool linked() const { return !person_of_.empty(); }
  PersonId of(AccountId rank) const { return linked() ? person_of_[rank] : rank; }
  AccountId first_account(PersonId person) const { return linked() ? first_account_[person] : person; }

  /// "" for who is not linked.
  std::string_view name(PersonId person) const;
  std::size_t account_count(PersonId person) const;

 private:
  struct Linked {
    std::string_view name;
    std::size_t accounts = 0;
  };

  std::size_t size_ = 0;
  std::vector<PersonId> person_of_;       ///< by rank; empty where nobody is linked
  std::vector<AccountId> first_account_;  ///< by person; likewise
  std::unordered_map<PersonId, Linked> linked_;
};

/// By person: whether any of their accounts in the log, or linked to them in `people`, is on the list. Bytes, so that
/// several threads may read and write neighbours.
std::vector<std::uint8_t> listed_persons(const AccountTable& accounts, const AccountOrder& order,
                                         const PersonNumbers& persons, const PeopleMap& people, const AccountSet& list);

}  // namespace renown::aggregate
