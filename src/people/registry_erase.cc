// Erasing from the registry: as if it had never been there.
#include <algorithm>

#include <fmt/format.h>

#include "people/registry.h"
#include "people/registry_rows.h"

namespace renown::people {
namespace {

/// Removes the account and what names it. `database` is in a transaction.
///
/// parts  of its person: only in what is theirs a bare name is looked for, for a short one stands in many texts
Result<void> erase_account(store::Database& database, const Account& account, const std::vector<PersonId>& parts) {
  const std::string_view network = account.network, name = account.account;
  const std::string label = account.network + ":" + account.account;
  Result<void> done;
  const auto run = [&](const char* sql, store::Parameters parameters) {
    if (!done) return;
    if (auto ran = database.execute(sql, parameters); !ran) done = ran.error();
  };
  run("DELETE FROM accounts WHERE network = ? AND account = ?", {network, name});
  run("DELETE FROM history WHERE network = ? AND account = ?", {network, name});
  run("UPDATE history SET detail = '' WHERE instr(detail, ?) > 0", {std::string_view(label)});
  run("DELETE FROM pardon_accounts WHERE network = ? AND account = ?", {network, name});
  run("DELETE FROM pardons WHERE pardon NOT IN (SELECT pardon FROM pardon_accounts)", {});
  run("UPDATE pardons SET why = '' WHERE instr(why, ?) > 0", {std::string_view(label)});
  // Proofs of other accounts that lean on this one keep their method and time, and lose what names it.
  run("DELETE FROM evidence WHERE proof IN (SELECT proof FROM proofs WHERE known_network = ? AND known_account = ?)",
      {network, name});
  run("UPDATE proofs SET reason = 'the other account was erased', known_network = '', known_account = '' "
      "WHERE known_network = ? AND known_account = ?",
      {network, name});
  for (const PersonId part : parts) {
    run("UPDATE history SET detail = '' WHERE person = ? AND instr(lower(detail), lower(?)) > 0", {part, name});
    run("DELETE FROM evidence WHERE instr(lower(address), lower(?)) > 0 AND proof IN (SELECT proof FROM proofs JOIN "
        "accounts USING (network, account) WHERE person = ?)",
        {name, part});
    run("UPDATE proofs SET reason = 'names an erased account' WHERE instr(lower(reason), lower(?)) > 0 AND EXISTS "
        "(SELECT "
        "1 FROM accounts a WHERE a.network = proofs.network AND a.account = proofs.account AND person = ?)",
        {name, part});
  }
  return done;
}

/// Removes people, with what they merged, invited and did. returns  invitations that are gone with them
Result<std::uint64_t> erase_people(store::Database& database, const std::vector<PersonId>& people) {
  std::uint64_t invitations = 0;
  for (const PersonId person : people) {
    auto gone = database.execute("UPDATE persons SET inviter = NULL WHERE inviter = ?", {person});
    if (!gone) return gone.error();
    invitations += *gone;
    auto unnamed = database.execute(
        "UPDATE pardons SET why = '' WHERE instr(lower(why), (SELECT lower(name) FROM persons WHERE person = ?)) > 0",
        {person});
    if (!unnamed) return unnamed.error();
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
  const auto owner = rows->owner_of(account);
  const auto parts = owner ? rows->parts(rows->root(*owner)) : std::vector<PersonId>();
  if (auto done = erase_account(database_, account, parts); !done) return done.error();
  if (owner) {
    erased.accounts = 1;
    const PersonId root = parts.front();
    const auto theirs = [&](const OwnedAccount& each) { return rows->root(each.person) == root; };
    if (std::ranges::count_if(rows->owners(), theirs) == 1) {
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
