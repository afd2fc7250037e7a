// Pardons: which accounts are no farm, by the operator's word. They need no owner here, so the history has no line of
// them; each is kept with its reason when it is withdrawn.
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "people/registry.h"
#include "people/registry_rows.h"

namespace renown::people {
namespace {

constexpr std::size_t kMostReasonBytes = 4000;

constexpr const char* kSteps[] = {R"(
CREATE TABLE pardons(
  pardon INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, why TEXT NOT NULL,
  finding INTEGER NOT NULL, withdrawn INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE pardon_accounts(
  network TEXT NOT NULL, account TEXT NOT NULL, pardon INTEGER NOT NULL REFERENCES pardons ON DELETE CASCADE,
  PRIMARY KEY (network, account, pardon)) STRICT, WITHOUT ROWID;
CREATE INDEX pardon_accounts_of ON pardon_accounts(pardon);
)"};

Result<void> check(const AccountSet& accounts, const std::string& why) {
  if (accounts.empty()) return bad_input("a pardon is of accounts: name at least one");
  for (const Account& account : accounts) {
    if (account.network.empty() || account.account.empty())
      return bad_input("an account has a network and a name: write NETWORK:ACCOUNT");
  }
  if (base::trim(why).empty()) return bad_input("a pardon has a reason: say why they are no farm");
  if (!base::is_utf8(why)) return bad_input("the reason of a pardon is not UTF-8");
  if (why.size() > kMostReasonBytes)
    return bad_input(fmt::format("the reason of a pardon has {} bytes: it may have {}", why.size(), kMostReasonBytes));
  return {};
}

/// Whether the store has pardons at all: one of an older Renown that is only read has none.
Result<bool> has_pardons(store::Database& database) {
  const auto tables = database.query_integer("SELECT count(*) FROM sqlite_schema WHERE name = 'pardon_accounts'");
  if (!tables) return tables.error();
  return *tables > 0;
}

Result<std::vector<std::int64_t>> standing_pardons_of(store::Database& database, const Account& account) {
  auto rows = database.query(
      "SELECT pardon FROM pardons JOIN pardon_accounts USING (pardon) WHERE withdrawn = 0 AND network = ? AND account "
      "= ? "
      "ORDER BY pardon",
      {std::string_view(account.network), std::string_view(account.account)});
  if (!rows) return rows.error();
  std::vector<std::int64_t> numbers;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return numbers;
    numbers.push_back(rows->integer(0));
  }
}

}  // namespace

const store::Part& pardon_part() {
  static const store::Part part{.name = "pardon", .steps = kSteps};
  return part;
}

Result<std::vector<Pardon>> PeopleRegistry::pardons() {
  std::vector<Pardon> all;
  const auto there = has_pardons(database_);
  if (!there) return there.error();
  if (!*there) return all;
  auto rows = database_.query(
      "SELECT pardon, time, why, finding, withdrawn, network, account FROM pardons JOIN pardon_accounts USING (pardon) "
      "ORDER BY pardon, network, account");
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    if (all.empty() || all.back().number != rows->integer(0)) {
      all.push_back({.number = rows->integer(0),
                     .time = rows->integer(1),
                     .why = std::string(rows->text(2)),
                     .finding = rows->integer(3),
                     .withdrawn = rows->integer(4),
                     .accounts = {}});
    }
    all.back().accounts.push_back({std::string(rows->text(5)), std::string(rows->text(6))});
  }
}

Result<AccountSet> PeopleRegistry::pardoned() {
  auto all = pardons();
  if (!all) return all.error();
  AccountSet accounts;
  for (Pardon& pardon : *all) {
    if (pardon.withdrawn != 0) continue;
    for (Account& account : pardon.accounts) accounts.insert(std::move(account));
  }
  return accounts;
}

Result<std::int64_t> PeopleRegistry::pardon(const AccountSet& accounts, const std::string& why, std::int64_t finding,
                                            std::int64_t time) {
  if (auto good = check(accounts, why); !good) return good.error();
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  auto added = database_.execute("INSERT INTO pardons(time, why, finding) VALUES (?, ?, ?)",
                                 {time, std::string_view(base::trim(why)), finding});
  if (!added) return added.error();
  const std::int64_t number = database_.last_row();
  for (const Account& account : accounts) {
    added = database_.execute("INSERT INTO pardon_accounts VALUES (?, ?, ?)",
                              {std::string_view(account.network), std::string_view(account.account), number});
    if (!added) return added.error();
  }
  if (auto done = transaction->commit(); !done) return done.error();
  return number;
}

Result<void> PeopleRegistry::withdraw_pardon(std::int64_t number, std::int64_t time) {
  auto withdrawn =
      database_.execute("UPDATE pardons SET withdrawn = ? WHERE pardon = ? AND withdrawn = 0", {time, number});
  if (!withdrawn) return withdrawn.error();
  if (*withdrawn == 0) return Error{ErrorCode::not_found, fmt::format("there is no pardon {} that stands", number)};
  return {};
}

Result<void> PeopleRegistry::unpardon(const Account& account, std::int64_t time) {
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const std::string_view network = account.network, name = account.account;
  // The last account stays in its pardon, and each other one gets a withdrawn one of its own, so that what was
  // withdrawn can still be read.
  auto whole = database_.execute(
      "UPDATE pardons SET withdrawn = ?1 WHERE withdrawn = 0 AND pardon IN (SELECT pardon FROM pardon_accounts WHERE "
      "network = ?2 AND account = ?3) AND (SELECT count(*) FROM pardon_accounts a WHERE a.pardon = pardons.pardon) = 1",
      {time, network, name});
  if (!whole) return whole.error();
  const auto shared = standing_pardons_of(database_, account);
  if (!shared) return shared.error();
  for (const std::int64_t number : *shared) {
    auto split = database_.execute(
        "INSERT INTO pardons(time, why, finding, withdrawn) SELECT time, why, finding, ? FROM pardons WHERE pardon = ?",
        {time, number});
    if (!split) return split.error();
    auto moved =
        database_.execute("UPDATE pardon_accounts SET pardon = ? WHERE pardon = ? AND network = ? AND account = ?",
                          {database_.last_row(), number, network, name});
    if (!moved) return moved.error();
  }
  if (*whole + shared->size() == 0) {
    return Error{ErrorCode::not_found,
                 fmt::format("{}:{} is not pardoned: renown people pardons lists who is", network, name)};
  }
  return transaction->commit();
}

}  // namespace renown::people
