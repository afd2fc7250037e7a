#include "people/registry_rows.h"

#include <fmt/format.h>

namespace renown::people {
namespace {

// merged_into is all that a merge changes: the rows of both stay as they are, so that an un-merge has nothing to
// restore but that. Foreign keys keep every reference whole; an account has one owner by its primary key.
constexpr const char* kSteps[] = {R"(
CREATE TABLE persons(
  person INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  basis TEXT NOT NULL CHECK (basis IN ('enrolled', 'community', 'none')),
  merged_into INTEGER REFERENCES persons CHECK (merged_into <> person),
  listed INTEGER NOT NULL DEFAULT 0,
  accepted INTEGER NOT NULL DEFAULT 0,
  inviter INTEGER REFERENCES persons,
  cut INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE accounts(
  network TEXT NOT NULL, account TEXT NOT NULL, person INTEGER NOT NULL REFERENCES persons,
  PRIMARY KEY (network, account)) STRICT, WITHOUT ROWID;
CREATE TABLE proofs(
  proof INTEGER PRIMARY KEY AUTOINCREMENT,
  network TEXT NOT NULL, account TEXT NOT NULL,
  method TEXT NOT NULL, reason TEXT NOT NULL, time INTEGER NOT NULL,
  known_network TEXT NOT NULL, known_account TEXT NOT NULL,
  FOREIGN KEY (network, account) REFERENCES accounts ON DELETE CASCADE) STRICT;
CREATE INDEX proofs_of ON proofs(network, account);
CREATE TABLE evidence(
  proof INTEGER NOT NULL REFERENCES proofs ON DELETE CASCADE,
  address TEXT NOT NULL, sha256 TEXT NOT NULL, fetched INTEGER NOT NULL) STRICT;
CREATE INDEX evidence_of ON evidence(proof);
CREATE TABLE challenges(text TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE history(
  number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, what TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES persons, other INTEGER REFERENCES persons,
  network TEXT NOT NULL, account TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
CREATE TABLE meta(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
)"};

constexpr std::int32_t kApplicationId = 0x52504F31;  // "RPO1"

}  // namespace

const store::Schema& people_schema() {
  static const store::Schema schema = {.what = "the people store", .application_id = kApplicationId, .steps = kSteps};
  return schema;
}

Result<PeopleRows> PeopleRows::read(store::Database& database) {
  PeopleRows all;
  auto rows = database.query(
      "SELECT person, name, basis, merged_into, listed, accepted, inviter, cut FROM persons ORDER BY person");
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) break;
    PersonRow row{.id = rows->integer(0),
                  .name = std::string(rows->text(1)),
                  .basis = parse_basis(rows->text(2)).value_or(ConsentBasis::none),
                  .merged_into = rows->integer(3),
                  .listed = rows->integer(4) != 0,
                  .accepted = rows->integer(5) != 0,
                  .inviter = rows->integer(6),
                  .cut = rows->integer(7) != 0};
    all.rows_.emplace_hint(all.rows_.end(), row.id, std::move(row));
  }
  for (const auto& [id, row] : all.rows_) {
    if (row.merged_into != 0) all.merged_[all.root(id)].push_back(id);
  }
  auto accounts = database.query(
      "SELECT network, account, person, EXISTS (SELECT 1 FROM proofs p WHERE p.network = a.network AND p.account = "
      "a.account AND p.method <> ?) FROM accounts a ORDER BY network, account",
      {std::string_view(kOperatorsWord)});
  if (!accounts) return accounts.error();
  for (auto more = accounts->next();; more = accounts->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    Account account{std::string(accounts->text(0)), std::string(accounts->text(1))};
    if (accounts->integer(3) != 0) all.proven_.insert(all.proven_.end(), account);
    all.owners_.emplace_hint(all.owners_.end(), std::move(account), accounts->integer(2));
  }
}

PersonId PeopleRows::root(PersonId person) const {
  // Only one who stands for itself is merged, and into such a one: there are no circles.
  while (rows_.at(person).merged_into != 0) person = rows_.at(person).merged_into;
  return person;
}

std::vector<PersonId> PeopleRows::parts(PersonId of) const {
  std::vector<PersonId> parts = {of};
  if (const auto found = merged_.find(of); found != merged_.end())
    parts.insert(parts.end(), found->second.begin(), found->second.end());
  return parts;
}

std::optional<PersonId> PeopleRows::named(const std::string& name) const {
  for (const auto& [id, row] : rows_) {
    if (row.name == name) return id;
  }
  return std::nullopt;
}

Result<PersonId> PeopleRows::find(const std::string& who) const {
  if (const auto person = named(who)) return root(*person);
  const std::size_t colon = who.find(':');
  if (colon != std::string::npos) {
    const auto owner = owners_.find({who.substr(0, colon), who.substr(colon + 1)});
    if (owner != owners_.end()) return root(owner->second);
    return Error{ErrorCode::usage, fmt::format("the account {} is linked to nobody", who)};
  }
  return Error{
      ErrorCode::usage,
      fmt::format("there is no person '{}': renown people list shows who there is, renown people add makes one", who)};
}

bool PeopleRows::any(PersonId of, bool PersonRow::* what) const {
  for (const PersonId part : parts(of)) {
    if (rows_.at(part).*what) return true;
  }
  return false;
}

std::map<PersonId, VerifiedBy> PeopleRows::verified() const {
  std::map<PersonId, VerifiedBy> verified;
  std::set<PersonId> cut, proven;
  for (const Account& account : proven_) proven.insert(root(owners_.at(account)));
  for (const auto& [id, row] : rows_) {
    if (row.merged_into != 0) continue;
    if (any(id, &PersonRow::cut)) cut.insert(id);
    if (any(id, &PersonRow::listed)) {
      verified[id] = VerifiedBy::operator_list;
    } else if (proven.contains(id) && any(id, &PersonRow::accepted)) {
      verified[id] = VerifiedBy::proofs;
    }
  }
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& [id, row] : rows_) {
      if (row.inviter == 0) continue;
      const PersonId invited = root(id), inviter = root(row.inviter);
      if (verified.contains(invited) || !verified.contains(inviter) || cut.contains(invited) || cut.contains(inviter))
        continue;
      verified[invited] = VerifiedBy::invitation;
      grew = true;
    }
  }
  return verified;
}

}  // namespace renown::people
