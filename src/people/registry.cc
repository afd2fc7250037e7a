#include "people/registry.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "people/registry_rows.h"

namespace renown::people {
namespace {

constexpr std::array<const char*, 3> kBasisNames = {"enrolled", "community", "none"};

using ProofsByAccount = std::map<Account, std::vector<LinkProof>>;

constexpr std::string_view kProofs =
    "SELECT p.proof, network, account, method, reason, time, address, sha256, fetched FROM proofs p LEFT JOIN evidence "
    "e ON e.proof = p.proof ";

/// Of a query that begins with kProofs and orders by account, then proof.
Result<ProofsByAccount> proofs_of(Result<store::Rows> rows) {
  ProofsByAccount proofs;
  if (!rows) return rows.error();
  std::int64_t last = 0;
  std::vector<LinkProof>* place = nullptr;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return proofs;
    if (rows->integer(0) != last) {
      place =
          &proofs.try_emplace(proofs.end(), Account{std::string(rows->text(1)), std::string(rows->text(2))})->second;
      place->push_back({std::string(rows->text(3)), std::string(rows->text(4)), rows->integer(5), {}});
    }
    last = rows->integer(0);
    if (!rows->is_null(6))
      place->back().evidence.push_back({std::string(rows->text(6)), std::string(rows->text(7)), rows->integer(8)});
  }
}

Result<std::vector<LinkProof>> read_proofs(store::Database& database, const Account& account) {
  auto proofs =
      proofs_of(database.query(fmt::format("{}WHERE network = ? AND account = ? ORDER BY p.proof, e.rowid", kProofs),
                               {std::string_view(account.network), std::string_view(account.account)}));
  if (!proofs) return proofs.error();
  return std::move((*proofs)[account]);
}

/// What each account is proven by, read in the order of the accounts.
class MethodReader {
 public:
  static Result<MethodReader> begin(store::Database& database) {
    auto rows = database.query("SELECT network, account, method FROM proofs ORDER BY network, account, proof");
    if (!rows) return rows.error();
    MethodReader reader(std::move(*rows));
    if (auto moved = reader.move_on(); !moved) return moved.error();
    return reader;
  }

  /// Appends those of an account. Accounts come by account, and every proof is of one of them.
  Result<void> take(const Account& account, std::vector<LinkProof>& proofs) {
    while (has_row_ && rows_.text(1) == account.account && rows_.text(0) == account.network) {
      proofs.push_back({.method = std::string(rows_.text(2)), .reason = {}, .evidence = {}});
      if (auto moved = move_on(); !moved) return moved;
    }
    return {};
  }

 private:
  explicit MethodReader(store::Rows rows) : rows_(std::move(rows)) {}
  Result<void> move_on() {
    const auto more = rows_.next();
    if (!more) return more.error();
    has_row_ = *more;
    return {};
  }

  store::Rows rows_;
  bool has_row_ = false;
};

/// "person 17" stands for somebody who gave no consent to be named.
std::string shown_name(const PersonRow& row) {
  return row.basis == ConsentBasis::none ? fmt::format("person {}", row.id) : row.name;
}

Person make_person(const PeopleRows& rows, PersonId id, const std::map<PersonId, VerifiedBy>& verified) {
  const PersonRow& row = rows[id];
  Person person{
      .id = id, .name = row.name, .basis = row.basis, .accounts = {}, .merged = {}, .verified = {}, .inviter = {}};
  if (const auto found = verified.find(id); found != verified.end()) person.verified = found->second;
  for (const PersonId part : rows.parts(id)) {
    const PersonRow& each = rows[part];
    if (part != id) person.merged.push_back(each.name);
    if (each.inviter != 0 && person.inviter.empty()) person.inviter = rows[rows.root(each.inviter)].name;
    person.cut = person.cut || each.cut;
  }
  return person;
}

}  // namespace

const char* basis_name(ConsentBasis basis) {
  return kBasisNames[static_cast<std::size_t>(basis)];
}

std::optional<ConsentBasis> parse_basis(std::string_view name) {
  for (std::size_t i = 0; i < kBasisNames.size(); ++i) {
    if (name == kBasisNames[i]) return static_cast<ConsentBasis>(i);
  }
  return std::nullopt;
}

const char* verified_name(VerifiedBy by) {
  switch (by) {
    case VerifiedBy::operator_list:
      return "operator";
    case VerifiedBy::proofs:
      return "proofs";
    case VerifiedBy::invitation:
      return "invitation";
  }
  return "";
}

Result<PeopleRegistry> PeopleRegistry::open_for_writing(const std::string& path) {
  auto database = store::Database::open_for_writing(path);
  if (!database) return database.error();
  if (auto good = store::migrate(*database, people_schema()); !good) return good.error();
  if (auto good = store::migrate_part(*database, pardon_part()); !good) return good.error();
  if (auto good = store::migrate_part(*database, stable_id_part()); !good) return good.error();
  // What a killed erase deleted may still stand in the write-ahead log.
  if (auto settled = database->execute_script("PRAGMA wal_checkpoint(TRUNCATE)"); !settled) return settled.error();
  return PeopleRegistry(std::move(*database));
}

Result<PeopleRegistry> PeopleRegistry::open_for_reading(const std::string& path) {
  auto database = store::Database::open_for_reading(path);
  if (!database) return database.error();
  if (auto good = store::check_schema(*database, people_schema()); !good) return good.error();
  return PeopleRegistry(std::move(*database));
}

Result<std::vector<Person>> PeopleRegistry::people(Proofs detail) {
  const auto rows = PeopleRows::read(database_);
  if (!rows) return rows.error();
  const auto verified = rows->verified();
  std::vector<Person> people;  // by number
  people.reserve(rows->all().size());
  std::vector<std::size_t> places(rows->all().size());  // in it, of each row that is no part of another
  for (std::size_t i = 0; i < places.size(); ++i) {
    const PersonRow& row = rows->all()[i];
    places[i] = people.size();
    if (row.merged_into == 0) people.push_back(make_person(*rows, row.id, verified));
  }
  // One query for all: with one for each account a hundred thousand people take seconds.
  std::optional<MethodReader> methods;
  ProofsByAccount whole;
  if (detail == Proofs::methods) {
    auto begun = MethodReader::begin(database_);
    if (!begun) return begun.error();
    methods = std::move(*begun);
  } else {
    auto read = proofs_of(database_.query(fmt::format("{}ORDER BY network, account, p.proof, e.rowid", kProofs)));
    if (!read) return read.error();
    whole = std::move(*read);
  }
  const auto ids = StableIds::read(database_);
  if (!ids) return ids.error();
  auto next = whole.begin();  // owners and proofs go by account, and every proof has an owner
  for (const auto& [account, owner] : rows->owners()) {
    Person& person = people[places[rows->place_of(rows->root(owner))]];
    LinkedAccount& linked =
        person.accounts.emplace_back(LinkedAccount{.account = account, .stable_id = ids->of(account)});
    if (methods) {
      if (auto taken = methods->take(account, linked.proofs); !taken) return taken.error();
    } else if (next != whole.end() && next->first == account) {
      linked.proofs = std::move((next++)->second);
    }
  }
  return people;
}

Result<std::set<PersonId>> PeopleRegistry::numbers() {
  std::set<PersonId> numbers;
  auto rows = database_.query("SELECT person FROM persons ORDER BY person");
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return numbers;
    numbers.insert(numbers.end(), rows->integer(0));
  }
}

Result<Person> PeopleRegistry::find(const std::string& who) {
  const auto rows = PeopleRows::read(database_);
  if (!rows) return rows.error();
  const auto id = rows->find(who);
  if (!id) return id.error();
  Person person = make_person(*rows, *id, rows->verified());
  const auto ids = StableIds::read(database_);
  if (!ids) return ids.error();
  for (const auto& [account, owner] : rows->owners()) {
    if (rows->root(owner) != *id) continue;
    auto proofs = read_proofs(database_, account);
    if (!proofs) return proofs.error();
    person.accounts.push_back({account, std::move(*proofs), ids->of(account)});
  }
  return person;
}

Result<std::vector<HistoryLine>> PeopleRegistry::history() {
  std::vector<HistoryLine> lines;
  auto rows = database_.query(
      "SELECT number, time, what, p.name, coalesce(o.name, ''), network, account, detail FROM history h JOIN persons p "
      "ON "
      "p.person = h.person LEFT JOIN persons o ON o.person = h.other ORDER BY number");
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return lines;
    lines.push_back({rows->integer(0),
                     rows->integer(1),
                     std::string(rows->text(2)),
                     std::string(rows->text(3)),
                     std::string(rows->text(4)),
                     {std::string(rows->text(5)), std::string(rows->text(6))},
                     std::string(rows->text(7))});
  }
}

Result<PeopleMap> PeopleRegistry::people_map() {
  const auto rows = PeopleRows::read(database_);
  if (!rows) return rows.error();
  PeopleMap map;
  for (const auto& [account, owner] : rows->owners())
    map.emplace_hint(map.end(), account, shown_name((*rows)[rows->root(owner)]));
  return map;
}

Result<std::optional<AccountSet>> PeopleRegistry::verified() {
  const auto ever = database_.query_integer("SELECT count(*) FROM meta WHERE name = 'ever_verified'");
  if (!ever) return ever.error();
  if (*ever == 0) return std::optional<AccountSet>();
  const auto rows = PeopleRows::read(database_);
  if (!rows) return rows.error();
  const auto verified = rows->verified();
  AccountSet accounts;
  for (const auto& [account, owner] : rows->owners()) {
    if (verified.contains(rows->root(owner))) accounts.insert(account);
  }
  return std::optional(std::move(accounts));
}

Result<std::set<std::string>> PeopleRegistry::used_challenges() {
  std::set<std::string> used;
  auto rows = database_.query("SELECT text FROM challenges");
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return used;
    used.emplace(rows->text(0));
  }
}

}  // namespace renown::people
