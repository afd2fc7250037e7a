#include "people/registry_rows.h"

#include <algorithm>

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
  if (auto read = all.read_people(database); !read) return read.error();
  if (auto read = all.read_accounts(database); !read) return read.error();
  if (auto read = all.read_proven(database); !read) return read.error();
  return all;
}

Result<void> PeopleRows::read_people(store::Database& database) {
  const auto count = database.query_integer("SELECT count(*) FROM persons");
  if (!count) return count.error();
  rows_.reserve(static_cast<std::size_t>(*count));
  auto rows = database.query(
      "SELECT person, name, basis, merged_into, listed, accepted, inviter, cut FROM persons ORDER BY person");
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) break;
    rows_.push_back({.id = rows->integer(0),
                     .name = std::string(rows->text(1)),
                     .basis = parse_basis(rows->text(2)).value_or(ConsentBasis::none),
                     .merged_into = rows->integer(3),
                     .listed = rows->integer(4) != 0,
                     .accepted = rows->integer(5) != 0,
                     .inviter = rows->integer(6),
                     .cut = rows->integer(7) != 0});
  }
  for (const PersonRow& row : rows_) {
    if (row.merged_into != 0) merged_[root(row.id)].push_back(row.id);
  }
  return {};
}

Result<void> PeopleRows::read_accounts(store::Database& database) {
  const auto count = database.query_integer("SELECT count(*) FROM accounts");
  if (!count) return count.error();
  owners_.reserve(static_cast<std::size_t>(*count));
  auto rows = database.query("SELECT network, account, person FROM accounts ORDER BY network, account");
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return {};
    owners_.push_back({{std::string(rows->text(0)), std::string(rows->text(1))}, rows->integer(2)});
  }
}

/// Proofs say who is verified only where the operator accepts somebody's.
Result<void> PeopleRows::read_proven(store::Database& database) {
  if (std::ranges::none_of(rows_, &PersonRow::accepted)) return {};
  auto rows = database.query(
      "SELECT DISTINCT person FROM accounts a WHERE EXISTS (SELECT 1 FROM proofs p WHERE p.network = a.network AND "
      "p.account = a.account AND p.method <> ?)",
      {std::string_view(kOperatorsWord)});
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) break;
    proven_.push_back(root(rows->integer(0)));
  }
  std::ranges::sort(proven_);
  return {};
}

/// Numbers are given in order and seldom taken away: most stand where counting from the first would have them.
std::size_t PeopleRows::place_of(PersonId person) const {
  const auto guess = static_cast<std::size_t>(person - rows_.front().id);
  if (guess < rows_.size() && rows_[guess].id == person) return guess;
  return static_cast<std::size_t>(std::ranges::lower_bound(rows_, person, {}, &PersonRow::id) - rows_.begin());
}

std::optional<PersonId> PeopleRows::owner_of(const Account& account) const {
  const auto found = std::ranges::lower_bound(owners_, account, {}, &OwnedAccount::account);
  if (found == owners_.end() || found->account != account) return std::nullopt;
  return found->person;
}

PersonId PeopleRows::root(PersonId person) const {
  // Only one who stands for itself is merged, and into such a one: there are no circles.
  while (const PersonId into = (*this)[person].merged_into) person = into;
  return person;
}

std::vector<PersonId> PeopleRows::parts(PersonId of) const {
  std::vector<PersonId> parts = {of};
  if (const auto found = merged_.find(of); found != merged_.end())
    parts.insert(parts.end(), found->second.begin(), found->second.end());
  return parts;
}

std::optional<PersonId> PeopleRows::named(const std::string& name) const {
  const auto found = std::ranges::find(rows_, name, &PersonRow::name);
  return found == rows_.end() ? std::nullopt : std::optional(found->id);
}

Result<PersonId> PeopleRows::find(const std::string& who) const {
  if (const auto person = named(who)) return root(*person);
  const std::size_t colon = who.find(':');
  if (colon != std::string::npos) {
    if (const auto owner = owner_of({who.substr(0, colon), who.substr(colon + 1)})) return root(*owner);
    return Error{ErrorCode::usage, fmt::format("the account {} is linked to nobody", who)};
  }
  return Error{
      ErrorCode::usage,
      fmt::format("there is no person '{}': renown people list shows who there is, renown people add makes one", who)};
}

bool PeopleRows::any(PersonId of, bool PersonRow::* what) const {
  if ((*this)[of].*what) return true;
  const auto found = merged_.find(of);
  return found != merged_.end() &&
         std::ranges::any_of(found->second, [&](PersonId part) { return (*this)[part].*what; });
}

std::map<PersonId, VerifiedBy> PeopleRows::verified() const {
  std::map<PersonId, VerifiedBy> verified;
  const auto is_cut = [this](PersonId root) { return any(root, &PersonRow::cut); };
  for (const PersonRow& row : rows_) {
    if (row.merged_into != 0) continue;
    if (any(row.id, &PersonRow::listed)) {
      verified[row.id] = VerifiedBy::operator_list;
    } else if (any(row.id, &PersonRow::accepted) && std::ranges::binary_search(proven_, row.id)) {
      verified[row.id] = VerifiedBy::proofs;
    }
  }
  for (bool grew = true; grew;) {
    grew = false;
    for (const PersonRow& row : rows_) {
      if (row.inviter == 0) continue;
      const PersonId invited = root(row.id), inviter = root(row.inviter);
      if (verified.contains(invited) || !verified.contains(inviter) || is_cut(invited) || is_cut(inviter)) continue;
      verified[invited] = VerifiedBy::invitation;
      grew = true;
    }
  }
  return verified;
}

}  // namespace renown::people
