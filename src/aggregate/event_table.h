/// EventTable: all rows of a run, with texts as numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "renown/interaction.h"

#include "aggregate/account_table.h"
#include "aggregate/string_table.h"
#include "base/huge_pages.h"
#include "model/interaction_block.h"

namespace renown::aggregate {

using TextId = std::uint32_t;  ///< a post, an act's id, tags, or a network's name; 0 is the empty text

/// One interaction with its texts as numbers.
struct Event {
  std::int64_t time = 0;
  AccountId actor = 0;
  AccountId target = kNoAccount;
  TextId post = 0;
  TextId id = 0;
  TextId tags = 0;
  Kind kind = Kind::post;
  bool in_words = false;  ///< set by merge_twins: some twin of this act addresses the target in words
  bool wordless = false;  ///< set by merge_twins: some twin is of another kind, and such an act is never provoked
};

using EventList = base::HugeVector<Event>;

/// Rows in the order they came.
class EventTable {
 public:
  EventTable() { texts_.intern(""); }

  void add(const Interaction& row);
  void add(const model::InteractionBlock& block);

  const EventList& events() const { return events_; }
  EventList& events() { return events_; }
  const AccountTable& accounts() const { return accounts_; }
  const StringTable& texts() const { return texts_; }

  /// The number of an account, a new one if no row names it: for rows that are pushed to events() as numbers.
  AccountId intern_account(std::string_view network, std::string_view account) {
    return accounts_.intern(network, account);
  }

  /// Renumbers the accounts so that their numbers follow the byte order of (network, account).
  void order_accounts();

  /// Gives the tables away when the rows have been taken.
  std::pair<AccountTable, StringTable> release() && { return {std::move(accounts_), std::move(texts_)}; }

 private:
  EventList events_;
  AccountTable accounts_;
  StringTable texts_;
  std::vector<AccountId> actors_, targets_;  ///< of the block being added, like the next
  std::vector<TextId> posts_, ids_, tags_;
};

}  // namespace renown::aggregate
