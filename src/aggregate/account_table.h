/// AccountTable: a number for each (network, account).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "aggregate/string_table.h"
#include "base/hash.h"
#include "base/prefetch.h"
#include "model/interaction_block.h"

namespace renown::aggregate {

using AccountId = std::uint32_t;  ///< a (network, account)

inline constexpr AccountId kNoAccount = 0xffffffff;

/// Network and account of an account's text form.
struct AccountName {
  std::string_view network;
  std::string_view account;
};

/// Accounts as texts "network\0account": since no text holds a NUL, their byte order is that of (network, account).
class AccountTable {
 public:
  /// What a table consists of, as plain arrays (StringTable::Parts).
  struct Parts {
    StringTable::Parts keys;
    std::span<const std::uint8_t> network_bytes;
    std::string networks;  ///< each followed by a NUL
  };

  AccountTable() = default;
  /// The table that has these parts; they are copied.
  explicit AccountTable(const Parts& parts);

  /// Valid until the next intern().
  Parts parts() const;

  AccountId intern(std::string_view network, std::string_view account) {
    const Prefix& prefix = prefix_of(network);
    const AccountId id = keys_.intern(key_of(prefix, account));
    note_network(id, prefix.text.size() - 1);
    return id;
  }

  /// The accounts of all rows of a block, numbered in the order of the rows, a row's actor before its target: the same
  /// numbers that intern() would give one by one.
  ///
  /// actors, targets  get one number a row; kNoAccount where the target is empty
  void intern(const model::InteractionBlock& block, std::vector<AccountId>& actors, std::vector<AccountId>& targets);

  /// The number of an account, or kNoAccount. Safe for several threads while nothing is added.
  AccountId find(std::string_view network, std::string_view account) const;

  /// The same of up to StringTable::kBatch accounts, whose waits for memory overlap. ids  gets one number each
  void find(std::span<const AccountName> names, AccountId* ids) const;

  /// Gives the accounts other numbers: account old_of[n] becomes number n, and new_of says the same the other way
  /// round.
  void renumber(std::span<const AccountId> old_of, std::span<const AccountId> new_of);

  /// Valid until the next intern(), like key().
  AccountName operator[](AccountId id) const { return split(keys_[id], network_bytes_[id]); }

  /// network_bytes  of the network's name, or kLongNetwork for so many and more
  static AccountName split(std::string_view key, std::uint8_t network_bytes) {
    const std::size_t at = network_bytes < kLongNetwork ? network_bytes : key.find('\0');
    return {key.substr(0, at), key.substr(at + 1)};
  }

  /// Gives away the names and how long each one's network is; the table is empty then.
  std::pair<StringTable::Texts, std::vector<std::uint8_t>> release() && {
    return {std::move(keys_).release(), std::move(network_bytes_)};
  }

  std::string_view key(AccountId id) const { return keys_[id]; }

  /// As of StringTable.
  void prefetch_begin(AccountId id) const {
    keys_.prefetch_begin(id);
    base::prefetch(&network_bytes_[id]);
  }
  void prefetch_bytes(AccountId id) const { keys_.prefetch_bytes(id); }

  std::size_t size() const { return keys_.size(); }

 private:
  /// Network and NUL, and the hash of both.
  struct Prefix {
    std::string text;
    std::uint64_t hash = 0;
  };
  struct HashOfText {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return base::table_hash(text); }
  };

  const Prefix& prefix_of(std::string_view network);
  static StringTable::Key key_of(const Prefix& prefix, std::string_view account) {
    return {prefix.text, account, StringTable::tag_of(account, prefix.hash)};
  }

  void note_network(AccountId id, std::size_t bytes) {
    if (id == network_bytes_.size())
      network_bytes_.push_back(bytes < kLongNetwork ? static_cast<std::uint8_t>(bytes) : kLongNetwork);
  }
  static constexpr std::uint8_t kLongNetwork = 255;  ///< of so many bytes or more

  StringTable keys_;
  std::vector<std::uint8_t> network_bytes_;  ///< by account: of the network's name
  std::unordered_map<std::string, Prefix, HashOfText, std::equal_to<>> prefixes_;  ///< by network; prefixes stay put
};

}  // namespace renown::aggregate
