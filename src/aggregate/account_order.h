/// AccountOrder: the accounts of a table in the byte order of (network, account), in which everything is summed.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "aggregate/account_table.h"
#include "base/prefetch.h"

namespace renown::aggregate {

/// A table numbers accounts as it meets them; their rank in byte order is the number that scores go by, since it does
/// not depend on the order of rows.
class AccountOrder {
 public:
  AccountOrder() = default;

  /// Cost: O(bytes of the names); memory: 8 bytes an account, 16 more meanwhile. `accounts` must outlive the order and
  /// not grow.
  explicit AccountOrder(const AccountTable& accounts) : AccountOrder(accounts, {}) {}

  /// The same where the order of the first accounts is known: the others are sorted and put between them. Cost: a look
  /// at each account, and O(bytes of the names) for the others.
  ///
  /// known  accounts 0 to known.size() - 1 in their order
  AccountOrder(const AccountTable& accounts, std::span<const AccountId> known);

  std::size_t size() const { return at_rank_.size(); }
  AccountId rank_of(AccountId account) const { return rank_of_[account]; }
  /// Has the rank fetched that will soon be asked for: in a table larger than the caches that is most of its cost.
  void prefetch(AccountId account) const {
    if (account != kNoAccount) base::prefetch(rank_of_.data() + account);
  }
  AccountId at_rank(AccountId rank) const { return at_rank_[rank]; }

  /// Gives away which account is at each rank; the order is empty then.
  std::vector<AccountId> release() && { return std::move(at_rank_); }

  std::span<const AccountId> at_ranks() const { return at_rank_; }
  std::span<const AccountId> ranks() const { return rank_of_; }

  /// The name of the account of that rank.
  AccountName operator[](AccountId rank) const { return (*accounts_)[at_rank_[rank]]; }

 private:
  const AccountTable* accounts_ = nullptr;
  std::vector<AccountId> at_rank_;
  std::vector<AccountId> rank_of_;
};

}  // namespace renown::aggregate
