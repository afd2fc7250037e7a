/// Intake: from blocks of interactions to rows in partitions, the form in which logs of any size are scored.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "renown/account.h"

#include "aggregate/account_order.h"
#include "aggregate/row.h"
#include "aggregate/row_texts.h"
#include "base/buffer.h"
#include "base/partitioned.h"
#include "base/spill_area.h"
#include "io/mapped_file.h"
#include "model/interaction_block.h"

namespace renown::aggregate {

/// All that is known of a log before the rules apply. A row stands in the partition of its target's person, words also
/// in that of the person who spoke: so each partition holds all it takes to tell acts from rows.
class Intake {
 public:
  /// What is kept of rows beside who did what to whom and when.
  struct Keeps {
    bool keys = true;    ///< what undos name rows by. Where no undo can come: without, rows take half the room
    bool texts = false;  ///< what a ledger shows
  };

  /// people, area  must outlive the intake
  Intake(const PeopleMap& people, base::SpillArea& area) : Intake(people, area, Keeps{}) {}
  Intake(const PeopleMap& people, base::SpillArea& area, Keeps keeps);

  /// Takes the rows of a block. Not for several threads at once.
  void add(const model::InteractionBlock& block);

  /// To be called once after the last block.
  void finish();

  /// What an intake file puts back, besides appending to the partitions.
  void add_account(const AccountName& name);
  /// All accounts of a fresh intake at once. known_order  of these accounts, in `file`
  /// file  is held as long as the intake: rows may be borrowed from it
  void put_accounts(const AccountTable::Parts& accounts, std::span<const AccountId> known_order, io::MappedFile file);
  void add_undo(const KeyedRow& undo) { undos_.push_back(undo); }
  void count_rows(std::uint64_t rows, std::optional<std::int64_t> newest);

  const AccountTable& accounts() const { return *accounts_; }
  /// Gives the accounts away; they stay where they are.
  std::unique_ptr<AccountTable> release_accounts() { return std::move(accounts_); }

  /// The order of the accounts of a finished intake, found when it is asked for first.
  const AccountOrder& order();
  std::unique_ptr<AccountOrder> release_order();

  /// Puts the rows of each partition of a finished intake into the order in which acts are made from them (by target,
  /// actor and time). Nothing depends on it but the time that this takes.
  void sort_rows(std::size_t threads);

  std::uint64_t rows() const { return rows_; }
  bool keeps_keys() const { return keeps_keys_; }
  void keep_keys(bool keep) { keeps_keys_ = keep; }
  /// Null where texts are not kept.
  RowTexts* row_texts() { return row_texts_ ? &*row_texts_ : nullptr; }
  const base::Buffer<KeyedRow>& undos() const { return undos_; }

  std::optional<std::int64_t> newest() const { return newest_; }
  /// Time of the newest row not later than `now`; nothing if there is none. Looks through all rows where some are
  /// later.
  std::optional<std::int64_t> newest_until(std::int64_t now);

  /// The account that stands for a person: the first met of theirs. Its number decides the partition.
  AccountId home_of(AccountId account) const { return homes_.empty() ? account : homes_[account]; }
  std::size_t partition_of(AccountId account) const { return home_of(account) % base::kPartitions; }

  const base::Partitioned<Row>& plain_rows() const { return plain_rows_; }
  base::Partitioned<Row>& plain_rows() { return plain_rows_; }  ///< without post and id
  const base::Partitioned<KeyedRow>& keyed_rows() const { return keyed_rows_; }
  base::Partitioned<KeyedRow>& keyed_rows() { return keyed_rows_; }  ///< with one of them, or both
  const base::Partitioned<Words>& words() const { return words_; }
  base::Partitioned<Words>& words() { return words_; }

 private:
  void add_row(const model::InteractionBlock& block, std::size_t row);
  void find_homes();
  void find_home(AccountId account, std::string_view person);

  const PeopleMap& people_;
  bool keeps_keys_;
  std::unique_ptr<AccountTable> accounts_ = std::make_unique<AccountTable>();
  std::unique_ptr<AccountOrder> order_;     ///< null until it is asked for
  std::optional<io::MappedFile> held_;      ///< what is borrowed below stands here
  std::span<const AccountId> known_order_;  ///< of the first accounts
  std::vector<AccountId> homes_;            ///< by account; empty where nobody is linked
  std::unordered_map<std::string_view, AccountId> home_by_name_;
  base::Buffer<KeyedRow> undos_;
  std::optional<std::int64_t> newest_;
  std::uint64_t rows_ = 0;

  base::Partitioned<Row> plain_rows_;
  base::Partitioned<KeyedRow> keyed_rows_;
  base::Partitioned<Words> words_;
  std::optional<base::Partitioned<Row>::Writer> plain_writer_;
  std::optional<base::Partitioned<KeyedRow>::Writer> keyed_writer_;
  std::optional<base::Partitioned<Words>::Writer> words_writer_;
  std::optional<RowTexts> row_texts_;
  std::vector<AccountId> actors_, targets_;  // of the block that is taken
};

}  // namespace renown::aggregate
