// Which account is which, whatever it is called: stable ids beside the links.
#include <fmt/format.h>

#include "people/registry.h"
#include "people/registry_rows.h"

namespace renown::people {
namespace {

// Several names of one person may have one id: those that it had before, and the one it has now. The rows of the log
// stay under the name of their day, so the old names stay linked.
constexpr const char* kSteps[] = {R"(
CREATE TABLE stable_ids(
  network TEXT NOT NULL, account TEXT NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (network, account),
  FOREIGN KEY (network, account) REFERENCES accounts ON DELETE CASCADE) STRICT, WITHOUT ROWID;
CREATE INDEX stable_ids_by_id ON stable_ids(network, id);
)"};

}  // namespace

const store::Part& stable_id_part() {
  static const store::Part part{.name = "stable_id", .steps = kSteps};
  return part;
}

Result<StableIds> StableIds::read(store::Database& database) {
  StableIds ids;
  const auto tables = database.query_integer("SELECT count(*) FROM sqlite_schema WHERE name = 'stable_ids'");
  if (!tables) return tables.error();
  if (*tables == 0) return ids;  // a store of an older Renown that is only read
  auto rows = database.query("SELECT network, account, id FROM stable_ids ORDER BY network, account");
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return ids;
    Account account{std::string(rows->text(0)), std::string(rows->text(1))};
    std::string id(rows->text(2));
    ids.names_[{account.network, id}].push_back(account);
    ids.by_account_.emplace_hint(ids.by_account_.end(), std::move(account), std::move(id));
  }
}

std::string StableIds::of(const Account& account) const {
  const auto found = by_account_.find(account);
  return found == by_account_.end() ? std::string() : found->second;
}

Recognition StableIds::recognise(const PeopleRows& people, const Account& account, const std::string& id) const {
  const auto owner = people.owner_of(account);
  const PersonId holder = owner ? people.root(*owner) : 0;
  const std::string known = of(account);
  if (!known.empty() && known != id) return {Recognised::somebody_else, holder, {}};
  const auto names = id.empty() ? names_.end() : names_.find({account.network, id});
  if (names == names_.end()) return {holder == 0 ? Recognised::nobody : Recognised::known, holder, {}};
  const Account& named = names->second.front();
  const PersonId bearer = people.root(*people.owner_of(named));
  if (holder == 0) return {Recognised::renamed, bearer, named};
  return {holder == bearer ? Recognised::known : Recognised::somebody_else, holder, {}};
}

Result<Recognition> PeopleRegistry::recognise(const Account& account, const std::string& stable_id) {
  const auto rows = PeopleRows::read(database_);
  if (!rows) return rows.error();
  const auto ids = StableIds::read(database_);
  if (!ids) return ids.error();
  return ids->recognise(*rows, account, stable_id);
}

}  // namespace renown::people
