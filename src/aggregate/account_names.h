/// AccountNames: the names of all accounts of a log by their rank, once no account is added any more.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "aggregate/account_order.h"
#include "aggregate/account_table.h"
#include "base/buffer.h"
#include "base/prefetch.h"

namespace renown::aggregate {

/// What is left of a table and its order when nothing is interned any more: nine bytes an account beside its name,
/// where both take about forty.
class AccountNames {
 public:
  AccountNames() = default;

  /// order  of `accounts`
  AccountNames(std::unique_ptr<AccountTable> accounts, std::unique_ptr<AccountOrder> order);

  std::size_t size() const { return at_rank_.size(); }

  /// Valid as long as this is.
  AccountName operator[](AccountId rank) const;

  /// The rank of an account; nothing if it is not in the log. Cost: a search among names in order.
  std::optional<AccountId> find(std::string_view network, std::string_view account) const;

  /// Has fetched what a look at a name waits for, each asked for when the one before is there: its number, where it
  /// begins, and its bytes.
  void prefetch_number(AccountId rank) const { base::prefetch(&at_rank_[rank]); }
  void prefetch_begin(AccountId rank) const {
    base::prefetch(&offset_[at_rank_[rank]]);
    base::prefetch(&network_bytes_[at_rank_[rank]]);
  }
  void prefetch_bytes(AccountId rank) const { base::prefetch(bytes_.data() + begin_of(at_rank_[rank])); }

 private:
  static constexpr std::size_t kBlock = 64;  ///< names whose places are told from the same one

  std::uint64_t begin_of(AccountId number) const { return block_begin_[number / kBlock] + offset_[number]; }

  base::Buffer<char> bytes_;                ///< of the names, network and NUL before each
  std::vector<std::uint64_t> block_begin_;  ///< of the first name of each block
  std::vector<std::uint32_t> offset_;       ///< by number, from there; one more than there are
  std::vector<std::uint8_t> network_bytes_;
  std::vector<AccountId> at_rank_;
};

}  // namespace renown::aggregate
