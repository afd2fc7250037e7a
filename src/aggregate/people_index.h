/// PeopleIndex: which person is behind each account of a log.
#pragma once

#include <string_view>
#include <vector>

#include "renown/account.h"

#include "aggregate/event_table.h"
#include "aggregate/rules.h"

namespace renown::aggregate {

/// Persons are numbered by the first of their accounts in the byte order of accounts.
struct PeopleIndex {
  std::vector<PersonId> person_of;       ///< by account
  std::vector<AccountId> first_account;  ///< by person
  std::vector<std::string_view>
      name;  ///< by person; empty for an account that is linked to nobody; points into the PeopleMap

  std::size_t size() const { return first_account.size(); }
};

/// `accounts` must be in byte order (EventTable::order_accounts). `people` must outlive the index.
PeopleIndex index_people(const AccountTable& accounts, const PeopleMap& people);

/// By account: whether it is on the list.
std::vector<bool> listed_accounts(const AccountTable& accounts, const AccountSet& list);

/// By person: whether any of their accounts in the log, or linked to them in `people`, is on the list.
std::vector<bool> listed_people(const AccountTable& accounts, const PeopleIndex& index, const PeopleMap& people,
                                const AccountSet& list);

}  // namespace renown::aggregate
