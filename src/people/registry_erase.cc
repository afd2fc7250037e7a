// Erasing from the registry: as if it had never been there.
#include <algorithm>

#include <fmt/format.h>

#include "people/registry.h"
#include "people/registry_rows.h"

namespace renown::people {
namespace {

/// Removes the account and what names it. `database` is in a transaction.
Result<void> erase_account(store::Database& database, const Account& account) {
  const std::string_view network = account.network, name = account.account;
  const std::string label = account.network + ":" + account.account;
  struct Step {
    const char* sql;
    std::string_view first, second;
  };
  const Step steps[] = {
      {"DELETE FROM accounts WHERE network = ? AND account = ?", network, name},
      {"DELETE FROM history WHERE network = ? AND account = ?", network, name},
      // Proofs of other accounts that lean on this one keep their method and time, and lose what names it.
      {"DELETE FROM evidence WHERE proof IN (SELECT proof FROM proofs WHERE known_network = ? AND known_account = ?)",
       network, name},
      {"UPDATE proofs SET reason = 'the other account was erased', known_network = '', known_account = '' WHERE "
       "known_network = ? AND known_account = ?",
       network, name},
      {"UPDATE history SET detail = '' WHERE instr(lower(detail), lower(?)) > 0 OR instr(lower(detail), lower(?)) > 0",
       label, name},
      {"DELETE FROM evidence WHERE instr(lower(address), lower(?)) > 0 OR instr(lower(address), lower(?)) > 0", label,
       name},
      {"UPDATE proofs SET reason = 'names an erased account' WHERE instr(lower(reason), lower(?)) > 0 OR "
       "instr(lower(reason), "
       "lower(?)) > 0",
       label, name},
  };
  for (const Step& step : steps) {
    auto done = database.execute(step.sql, {step.first, step.second});
    if (!done) return done.error();
  }
  return {};
}

/// Removes people, with what they merged, invited and did. returns  invitations that are gone with them
Result<std::uint64_t> erase_people(store::Database& database, const std::vector<PersonId>& people) {
  std::uint64_t invitations = 0;
  for (const PersonId person : people) {
    auto gone = database.execute("UPDATE persons SET inviter = NULL WHERE inviter = ?", {person});
    if (!gone) return gone.error();
    invitations += *gone;
    for (const char* sql : {"DELETE FROM history WHERE person = ?", "DELETE FROM history WHERE other = ?",
                            "DELETE FROM persons WHERE person = ?"}) {
      auto done = database.execute(sql, {person});
      if (!done) return done.error();
    }
  }
  return invitations;
}

}  // namespace

Result<RegistryErase> PeopleRegistry::erase(const Account& account) {
  RegistryErase erased;
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  // People of one group refer to each other until all are gone.
  if (auto deferred = database_.execute_script("PRAGMA defer_foreign_keys=ON"); !deferred) return deferred.error();
  const auto rows = PeopleRows::read(database_);
  if (!rows) return rows.error();
  if (auto done = erase_account(database_, account); !done) return done.error();
  const auto owner = rows->owners().find(account);
  if (owner != rows->owners().end()) {
    erased.accounts = 1;
    const PersonId root = rows->root(owner->second);
    const auto theirs = [&](const auto& each) { return rows->root(each.second) == root; };
    if (std::ranges::count_if(rows->owners(), theirs) == 1) {
      const auto parts = rows->parts(root);
      const auto invitations = erase_people(database_, parts);
      if (!invitations) return invitations.error();
      erased.people = parts.size();
      erased.invitations = *invitations;
    }
  }
  if (auto done = transaction->commit(); !done) return done.error();
  if (auto done = database_.leave_nothing_deleted(); !done) return done.error();
  return erased;
}

Result<void> PeopleRegistry::erase_bare_person(const std::string& who) {
  const auto person = find(who);
  if (!person) return person.error();
  if (!person->accounts.empty()) return bad_input(fmt::format("{} has accounts, and they go first", who));
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  if (auto deferred = database_.execute_script("PRAGMA defer_foreign_keys=ON"); !deferred) return deferred.error();
  const auto rows = PeopleRows::read(database_);
  if (!rows) return rows.error();
  if (auto gone = erase_people(database_, rows->parts(person->id)); !gone) return gone.error();
  if (auto done = transaction->commit(); !done) return done.error();
  return database_.leave_nothing_deleted();
}

}  // namespace renown::people
