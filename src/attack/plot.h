/// Plot: the words in which attacks are written. A scenario says who acts on whom and when; a plot writes it down.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "attack/draws.h"
#include "attack/world.h"

namespace renown::attack {

/// One attack on one target, or of one farm on its customers. Its rows go to the end of a copy of the world's rows.
class Plot {
 public:
  /// customers  accounts that are to gain by it; empty: an account that does not exist yet, which the plot makes
  /// off_limits by person: targets of any plot, who must not be drawn to play a part in somebody else's
  /// number     tells the names of its new accounts from those of other plots
  Plot(const World& world, EventTable& table, std::vector<AccountId> customers, const std::vector<bool>& off_limits,
       std::size_t number, Draws draws);

  const World& world() const { return world_; }
  Draws& draws() { return draws_; }

  AccountId target() const { return customers_.front(); }
  std::span<const AccountId> customers() const { return customers_; }

  // -- people

  AccountId new_account();
  void verify(AccountId planted) { verified_.push_back(planted); }  ///< was verified by mistake
  void link(AccountId planted) { linked_.push_back(planted); }      ///< is known to be the target's own
  AccountId somebody();                                             ///< an actor of the log, as often as they act
  AccountId stranger();  ///< ... who never engaged with the target; kNoAccount where no such is found
  AccountId famous();    ///< one of the 100 highest
  std::vector<AccountId> company(std::size_t count,
                                 bool unverified_only);   ///< strangers, each once; fewer if there are
  std::vector<AccountId> accomplices(std::size_t count);  ///< verified strangers, each once
  std::vector<AccountId> crowd();                         ///< those who engaged with the target

  // -- times

  std::int64_t ago(std::int64_t seconds) const;  ///< before the last second that counts
  std::int64_t within(std::int64_t seconds) {
    return ago(static_cast<std::int64_t>(draws_.below(static_cast<std::uint64_t>(seconds))));
  }
  std::int64_t span(double days) const { return world_.span_seconds(days); }  ///< seconds, as long as the log at most
  std::size_t days(double wanted) const;  ///< whole days of span(wanted), at least one

  // -- acts

  void act(AccountId actor, AccountId target, std::int64_t time, Kind kind);
  void act(AccountId actor, AccountId target, std::int64_t time) { act(actor, target, time, any_kind()); }
  void post(AccountId actor, std::int64_t time) { act(actor, aggregate::kNoAccount, time, Kind::post); }
  Kind any_kind() { return world_.any_act(draws_).kind; }  ///< in the log's own mix

  // -- what was planted

  /// Its rows; only until another plot writes to the same table.
  std::span<const aggregate::Event> planted() const { return std::span(table_.events()).subspan(first_row_); }
  const std::vector<AccountId>& new_accounts() const { return new_accounts_; }
  const std::vector<AccountId>& verified() const { return verified_; }
  const std::vector<AccountId>& linked() const { return linked_; }
  void take_back() { table_.events().resize(first_row_); }  ///< as if nothing had been planted

 private:
  bool engaged_with_target(AccountId account) const;

  const World& world_;
  EventTable& table_;
  std::vector<AccountId> customers_;
  const std::vector<bool>& off_limits_;
  std::string name_;
  std::string network_;
  Draws draws_;
  std::size_t first_row_;
  std::vector<AccountId> new_accounts_, verified_, linked_;
};

}  // namespace renown::attack
