// Changes of the registry: each is checked, made and written into the history in one transaction.
#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"
#include "people/registry.h"
#include "people/registry_rows.h"

namespace renown::people {
namespace {

constexpr std::size_t kMaxNameBytes = 200;

std::string label(const Account& account) {
  return account.network + ":" + account.account;
}

Result<void> check_name(const std::string& name) {
  const auto refuse = [&](std::string_view why) {
    return bad_input(fmt::format("'{}' is no name of a person: {}", name, why));
  };
  if (name.empty() || name.size() > kMaxNameBytes)
    return refuse(fmt::format("it must have 1 to {} bytes", kMaxNameBytes));
  if (!base::is_utf8(name)) return refuse("it is not UTF-8");
  if (std::ranges::any_of(name, [](unsigned char byte) { return byte < ' ' || byte == 127; }))
    return refuse("a control character is in it");
  if (name.find(':') != std::string::npos) return refuse("with a colon it would be taken for an account");
  if (name.starts_with("person ")) return refuse("'person N' stands for somebody who is not named");
  return {};
}

/// A change under way: what is there, and the transaction.
class Change {
 public:
  static Result<Change> begin(store::Database& database) {
    auto transaction = store::Transaction::begin(database);
    if (!transaction) return transaction.error();
    auto rows = PeopleRows::read(database);
    if (!rows) return rows.error();
    return Change(database, std::move(*transaction), std::move(*rows));
  }

  const PeopleRows& rows() const { return rows_; }
  store::Database& database() { return *database_; }

  /// Runs a statement; the first error is kept for commit().
  void run(std::string_view sql, store::Parameters parameters) {
    if (!done_) return;
    auto done = database_->execute(sql, parameters);
    if (!done) done_ = done.error();
  }

  void log(std::int64_t time, std::string_view what, PersonId person, PersonId other, const Account& account,
           std::string_view detail) {
    const store::Parameter second = other == 0 ? store::Parameter() : store::Parameter(other);
    run("INSERT INTO history(time, what, person, other, network, account, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
        {time, what, person, second, std::string_view(account.network), std::string_view(account.account), detail});
  }

  Result<void> commit() {
    if (!done_) return done_.error();
    return transaction_.commit();
  }

 private:
  Change(store::Database& database, store::Transaction transaction, PeopleRows rows)
      : database_(&database), transaction_(std::move(transaction)), rows_(std::move(rows)) {}

  store::Database* database_;
  store::Transaction transaction_;
  PeopleRows rows_;
  Result<void> done_;
};

void add_proof(Change& change, const Account& account, const Verdict& verdict, std::int64_t time) {
  change.run(
      "INSERT INTO proofs(network, account, method, reason, time, known_network, known_account) VALUES (?, ?, ?, ?, ?, "
      "?, ?)",
      {std::string_view(account.network), std::string_view(account.account), std::string_view(verdict.method),
       std::string_view(verdict.reason), time, std::string_view(verdict.known.network),
       std::string_view(verdict.known.account)});
  const std::int64_t proof = change.database().last_row();
  for (const Evidence& evidence : verdict.evidence) {
    change.run("INSERT INTO evidence(proof, address, sha256, fetched) VALUES (?, ?, ?, ?)",
               {proof, std::string_view(evidence.address), std::string_view(evidence.sha256), evidence.fetched});
  }
  if (!verdict.challenge.empty())
    change.run("INSERT INTO challenges VALUES (?)", {std::string_view(verdict.challenge)});
}

/// Whether the account is free, or the person's, by name and by stable id.
Result<void> check_same(const Recognition& recognition, const Account& account, PersonId person,
                        const PeopleRows& rows) {
  if (recognition.as == Recognised::somebody_else) {
    return bad_input(
        fmt::format("{} is another account by now than the one that was linked: its network gave the name "
                    "to somebody else; unlink the name first where that is meant",
                    label(account)));
  }
  if (recognition.as == Recognised::renamed && recognition.person != person) {
    return bad_input(fmt::format("{} is the account {} of {} under a new name: merge the two people if they are one",
                                 label(account), label(recognition.known_as), rows[recognition.person].name));
  }
  return {};
}

}  // namespace

Result<PersonId> PeopleRegistry::add(const std::string& name, ConsentBasis basis, std::int64_t time) {
  if (auto good = check_name(name); !good) return good.error();
  auto change = Change::begin(database_);
  if (!change) return change.error();
  if (change->rows().named(name))
    return bad_input(
        fmt::format("there is a person '{}' already: names are of one person each, add something to it", name));
  change->run("INSERT INTO persons(name, basis) VALUES (?, ?)",
              {std::string_view(name), std::string_view(basis_name(basis))});
  const PersonId id = database_.last_row();
  change->log(time, "add", id, 0, {}, basis_name(basis));
  if (auto done = change->commit(); !done) return done.error();
  return id;
}

Result<void> PeopleRegistry::set_basis(const std::string& who, ConsentBasis basis, std::int64_t time) {
  auto change = Change::begin(database_);
  if (!change) return change.error();
  const auto id = change->rows().find(who);
  if (!id) return id.error();
  change->run("UPDATE persons SET basis = ? WHERE person = ?", {std::string_view(basis_name(basis)), *id});
  change->log(time, "basis", *id, 0, {}, basis_name(basis));
  return change->commit();
}

Result<void> PeopleRegistry::link(const std::string& who, const Account& account, const Verdict& verdict,
                                  std::int64_t time) {
  if (!verdict.proven)
    return bad_input(fmt::format("{} is not proven to be theirs: {}", label(account), verdict.reason));
  auto change = Change::begin(database_);
  if (!change) return change.error();
  const PeopleRows& rows = change->rows();
  const auto id = rows.find(who);
  if (!id) return id.error();
  const auto owner = rows.owner_of(account);
  if (owner && rows.root(*owner) != *id) {
    return bad_input(fmt::format("{} is linked to {}: merge the two people if they are one, or unlink it there first",
                                 label(account), rows[rows.root(*owner)].name));
  }
  const auto ids = StableIds::read(database_);
  if (!ids) return ids.error();
  // A proof that knows no id says nothing against the one that is known: whoever makes it has looked (docs/people.md).
  const std::string stable_id = verdict.stable_id.empty() ? ids->of(account) : verdict.stable_id;
  const Recognition recognition = ids->recognise(rows, account, stable_id);
  if (auto same = check_same(recognition, account, *id, rows); !same) return same;
  if (verdict.known != Account() && verdict.known != account) {
    const auto known = rows.owner_of(verdict.known);
    if (!known || rows.root(*known) != *id)
      return bad_input(
          fmt::format("the proof joins {} to {}, which is not linked to them", label(account), label(verdict.known)));
  }
  // A new name goes to whoever brought the old one into a merge, so that an un-merge takes both along.
  const bool is_renamed = recognition.as == Recognised::renamed;
  const PersonId part = is_renamed ? *rows.owner_of(recognition.known_as) : *id;
  if (!owner) {
    change->run("INSERT INTO accounts(network, account, person) VALUES (?, ?, ?)",
                {std::string_view(account.network), std::string_view(account.account), part});
  }
  if (!verdict.stable_id.empty()) {
    change->run("INSERT OR REPLACE INTO stable_ids VALUES (?, ?, ?)",
                {std::string_view(account.network), std::string_view(account.account), std::string_view(stable_id)});
  }
  add_proof(*change, account, verdict, time);
  std::string detail = verdict.method;
  if (verdict.known != Account()) detail += " with " + label(verdict.known);
  if (is_renamed) detail += ", was " + label(recognition.known_as);
  change->log(time, is_renamed ? "rename" : "link", *id, 0, account, detail);
  return change->commit();
}

Result<void> PeopleRegistry::unlink(const Account& account, std::int64_t time) {
  auto change = Change::begin(database_);
  if (!change) return change.error();
  const auto owner = change->rows().owner_of(account);
  if (!owner) return Error{ErrorCode::usage, fmt::format("the account {} is linked to nobody", label(account))};
  change->run("DELETE FROM accounts WHERE network = ? AND account = ?",
              {std::string_view(account.network), std::string_view(account.account)});
  change->log(time, "unlink", *owner, 0, account, "");
  return change->commit();
}

Result<void> PeopleRegistry::merge(const std::string& who, const std::string& into, std::int64_t time) {
  auto change = Change::begin(database_);
  if (!change) return change.error();
  const auto from = change->rows().find(who), to = change->rows().find(into);
  if (!from) return from.error();
  if (!to) return to.error();
  if (*from == *to) return bad_input(fmt::format("{} and {} are one person already", who, into));
  change->run("UPDATE persons SET merged_into = ? WHERE person = ?", {*to, *from});
  change->log(time, "merge", *from, *to, {}, "");
  return change->commit();
}

Result<void> PeopleRegistry::unmerge(const std::string& name, std::int64_t time) {
  auto change = Change::begin(database_);
  if (!change) return change.error();
  const auto id = change->rows().named(name);
  if (!id) return Error{ErrorCode::usage, fmt::format("there was never a person '{}'", name)};
  const PersonId into = change->rows()[*id].merged_into;
  if (into == 0) return bad_input(fmt::format("{} is not merged into anybody", name));
  change->run("UPDATE persons SET merged_into = NULL WHERE person = ?", {*id});
  change->log(time, "unmerge", *id, into, {}, "");
  return change->commit();
}

Result<void> PeopleRegistry::verify(const std::string& who, VerifiedBy by, std::int64_t time) {
  if (by == VerifiedBy::invitation) return Error{ErrorCode::internal, "an invitation needs an inviter: call invite"};
  auto change = Change::begin(database_);
  if (!change) return change.error();
  const auto id = change->rows().find(who);
  if (!id) return id.error();
  for (const PersonId part : change->rows().parts(*id))
    change->run("UPDATE persons SET cut = 0 WHERE person = ?", {part});
  const bool listed = by == VerifiedBy::operator_list;
  change->run(
      listed ? "UPDATE persons SET listed = 1 WHERE person = ?" : "UPDATE persons SET accepted = 1 WHERE person = ?",
      {*id});
  change->run("INSERT OR IGNORE INTO meta VALUES ('ever_verified', '1')", {});
  change->log(time, "verify", *id, 0, {}, verified_name(by));
  const auto after = PeopleRows::read(database_);
  if (!after) return after.error();
  if (!after->verified().contains(*id)) {
    return bad_input(
        fmt::format("{} has no proof that is more than your own word: link an account by a proof first, or say "
                    "renown people verify without --proofs",
                    who));
  }
  return change->commit();
}

Result<void> PeopleRegistry::unverify(const std::string& who, std::int64_t time) {
  auto change = Change::begin(database_);
  if (!change) return change.error();
  const auto id = change->rows().find(who);
  if (!id) return id.error();
  for (const PersonId part : change->rows().parts(*id))
    change->run("UPDATE persons SET listed = 0, accepted = 0 WHERE person = ?", {part});
  change->log(time, "unverify", *id, 0, {}, "");
  return change->commit();
}

Result<void> PeopleRegistry::invite(const std::string& inviter, const std::string& invited, std::int64_t time) {
  auto change = Change::begin(database_);
  if (!change) return change.error();
  const PeopleRows& rows = change->rows();
  const auto from = rows.find(inviter), to = rows.find(invited);
  if (!from) return from.error();
  if (!to) return to.error();
  if (*from == *to) return bad_input(fmt::format("{} cannot invite themselves", inviter));
  if (!rows.verified().contains(*from))
    return bad_input(fmt::format("{} is not verified, so nobody is verified by their invitation", inviter));
  for (const PersonId part : rows.parts(*from)) {
    if (rows[part].cut) return bad_input(fmt::format("{}'s branch was cut: renown people verify mends it", inviter));
  }
  for (const PersonId part : rows.parts(*to)) change->run("UPDATE persons SET cut = 0 WHERE person = ?", {part});
  change->run("UPDATE persons SET inviter = ? WHERE person = ?", {*from, *to});
  change->log(time, "invite", *to, *from, {}, "");
  return change->commit();
}

Result<void> PeopleRegistry::cut(const std::string& who, std::int64_t time) {
  auto change = Change::begin(database_);
  if (!change) return change.error();
  const auto id = change->rows().find(who);
  if (!id) return id.error();
  change->run("UPDATE persons SET cut = 1 WHERE person = ?", {*id});
  change->log(time, "cut", *id, 0, {}, "");
  return change->commit();
}

}  // namespace renown::people
