#include "access/service_file.h"

#include "access/secret.h"
#include "store/schema.h"

namespace renown::access {
namespace {

// Numbers are AUTOINCREMENT: what names a login, key or consent that is gone never names another. What belongs to a
// login goes with it. People stand in another file, so that no foreign key can watch over them: erase_person does.
constexpr const char* kSteps[] = {R"(
CREATE TABLE logins(
  login INTEGER PRIMARY KEY AUTOINCREMENT,
  role TEXT NOT NULL CHECK (role IN ('person', 'operator')), person INTEGER NOT NULL,
  name TEXT NOT NULL, display_name TEXT NOT NULL, locale TEXT NOT NULL,
  password TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX login_of_name ON logins(name) WHERE name <> '';
CREATE UNIQUE INDEX login_of_person ON logins(person) WHERE person <> 0;
CREATE TABLE sessions(
  session INTEGER PRIMARY KEY AUTOINCREMENT, hash TEXT NOT NULL UNIQUE,
  login INTEGER NOT NULL REFERENCES logins ON DELETE CASCADE,
  device TEXT NOT NULL, created INTEGER NOT NULL, last_used INTEGER NOT NULL) STRICT;
CREATE INDEX sessions_of ON sessions(login);
CREATE TABLE links(
  link INTEGER PRIMARY KEY AUTOINCREMENT, hash TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('log_in', 'invitation')),
  login INTEGER NOT NULL REFERENCES logins ON DELETE CASCADE,
  note TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT;
CREATE INDEX links_of ON links(login);
CREATE TABLE api_keys(
  api_key INTEGER PRIMARY KEY AUTOINCREMENT, prefix TEXT NOT NULL UNIQUE, hash TEXT NOT NULL,
  login INTEGER NOT NULL REFERENCES logins ON DELETE CASCADE,
  name TEXT NOT NULL, scopes TEXT NOT NULL, organisation TEXT NOT NULL, purpose TEXT NOT NULL,
  created INTEGER NOT NULL, expires INTEGER NOT NULL, last_used INTEGER NOT NULL, revoked INTEGER NOT NULL) STRICT;
CREATE INDEX api_keys_of ON api_keys(login);
CREATE TABLE preferences(
  person INTEGER PRIMARY KEY,
  on_board INTEGER NOT NULL, card TEXT NOT NULL, number_hidden INTEGER NOT NULL, digest TEXT NOT NULL,
  opted_out INTEGER NOT NULL, age_confirmed INTEGER NOT NULL, locale TEXT NOT NULL, zone TEXT NOT NULL) STRICT;
CREATE TABLE addresses(
  sha256 TEXT NOT NULL PRIMARY KEY, person INTEGER NOT NULL, added INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_of ON addresses(person);
CREATE TABLE consents(
  consent INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL,
  api_key INTEGER NOT NULL, organisation TEXT NOT NULL COLLATE NOCASE, purpose TEXT NOT NULL,
  given INTEGER NOT NULL, withdrawn INTEGER NOT NULL) STRICT;
CREATE INDEX consents_of ON consents(person);
CREATE TABLE lookups(
  number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, api_key INTEGER NOT NULL, asker TEXT NOT NULL,
  purpose TEXT NOT NULL, person INTEGER NOT NULL, outcome TEXT NOT NULL) STRICT;
CREATE INDEX lookups_of ON lookups(person, number);
CREATE INDEX lookups_at ON lookups(time);
CREATE TABLE answers(
  caller TEXT NOT NULL, route TEXT NOT NULL, hash TEXT NOT NULL, request TEXT NOT NULL,
  status INTEGER NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL, withheld INTEGER NOT NULL,
  created INTEGER NOT NULL, PRIMARY KEY (caller, route, hash)) STRICT;
CREATE INDEX answers_at ON answers(created);
CREATE INDEX answers_of ON answers(caller, created);
CREATE TABLE audit(
  number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, by_login INTEGER NOT NULL,
  what TEXT NOT NULL, login INTEGER NOT NULL, detail TEXT NOT NULL) STRICT;
)",
                                  // Version 2: appeals.
                                  R"(
CREATE TABLE appeals(
  appeal INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL, finding INTEGER NOT NULL,
  text TEXT NOT NULL, made INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'withdrawn', 'upheld', 'pardoned', 'revoked')),
  answer TEXT NOT NULL DEFAULT '', answered INTEGER NOT NULL DEFAULT 0, pardon INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE UNIQUE INDEX appeals_open ON appeals(finding, person) WHERE state = 'open';
CREATE INDEX appeals_of ON appeals(person);
)",
                                  // Version 3: from how many points a move is told; NULL: never.
                                  "ALTER TABLE preferences ADD COLUMN notify_move REAL DEFAULT 1.0;"};

constexpr std::int32_t kApplicationId = 0x52535631;  // "RSV1"

const store::Schema& service_schema() {
  static const store::Schema schema = {
      .what = "the store of access", .application_id = kApplicationId, .steps = kSteps};
  return schema;
}

}  // namespace

Result<store::Rows> Reader::ask(std::string_view sql, store::Parameters parameters) {
  auto kept = kept_.find(sql);
  if (kept == kept_.end()) {
    auto prepared = database_.prepare(sql);
    if (!prepared) return prepared.error();
    kept = kept_.emplace(sql, std::move(*prepared)).first;
  }
  return kept->second.query(parameters);
}

Result<std::unique_ptr<ServiceFile>> ServiceFile::open(const std::string& path, base::RandomBytes random) {
  auto database = store::Database::open_for_writing(path);
  if (!database) return database.error();
  if (auto ready = store::migrate(*database, service_schema()); !ready) return ready.error();
  auto reading = store::Database::open_for_reading(path);
  if (!reading) return reading.error();
  return std::unique_ptr<ServiceFile>(new ServiceFile(std::move(*database), std::move(*reading), std::move(random)));
}

Result<void> ServiceFile::leave_nothing_deleted() {
  const std::scoped_lock both(write_mutex_, read_mutex_);
  return database_.leave_nothing_deleted();
}

std::string ServiceFile::new_secret() {
  const std::lock_guard lock(random_mutex_);
  return access::new_secret(random_);
}

}  // namespace renown::access
