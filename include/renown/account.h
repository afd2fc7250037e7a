/// Accounts, and the lists an operator keeps about them.
#pragma once

#include <compare>
#include <map>
#include <set>
#include <string>

namespace renown {

/// One identity on one network. Ordered by network, then account, in byte order.
struct Account {
  std::string network;
  std::string account;

  auto operator<=>(const Account&) const = default;
};

using AccountSet = std::set<Account>;

/// Which person owns an account. An account that is not listed is a person of its own.
using PeopleMap = std::map<Account, std::string>;

}  // namespace renown
