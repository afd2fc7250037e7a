#include "access/access_store.h"

#include "access/use_notes.h"

namespace renown::access {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;

/// Runs a statement of one parameter. returns  rows changed
Result<std::uint64_t> run(store::Database& database, const char* sql, std::int64_t value) {
  return database.execute(sql, {value});
}

/// Runs statements of the same parameter, one after the other.
Result<void> run_all(store::Database& database, std::initializer_list<const char*> all, std::int64_t value) {
  for (const char* sql : all) {
    if (auto done = run(database, sql, value); !done) return done.error();
  }
  return {};
}

Result<void> remove_expired(store::Database& database, std::int64_t now) {
  struct Rule {
    const char* sql;
    std::int64_t days;
  };
  constexpr Rule kRules[] = {{"DELETE FROM links WHERE expires <= ?", 0},
                             {"DELETE FROM lookups WHERE time <= ?", kLookupDays},
                             {"DELETE FROM consents WHERE withdrawn <> 0 AND withdrawn <= ?", kWithdrawnConsentDays},
                             {"DELETE FROM appeals WHERE answered <> 0 AND answered <= ?", kAppealDays},
                             {"DELETE FROM audit WHERE time <= ?", kAuditDays}};
  for (const Rule& rule : kRules) {
    if (auto done = run(database, rule.sql, now - rule.days * kDaySeconds); !done) return done.error();
  }
  return {};
}

/// Removes a login and what leads back to it.
Result<void> erase_login(store::Database& database, LoginId login) {
  if (auto more = check_not_last_operator(database, login, "erased"); !more) return more;
  return run_all(
      database,
      {"DELETE FROM answers WHERE caller = 'login ' || ?1 OR caller IN (SELECT 'key ' || api_key FROM api_keys "
       "WHERE login = ?1)",
       "DELETE FROM audit WHERE login = ?", "UPDATE audit SET by_login = 0 WHERE by_login = ?",
       "DELETE FROM logins WHERE login = ?"},
      login);
}

}  // namespace

AccessStore::AccessStore(std::unique_ptr<ServiceFile> file)
    : file_(std::move(file)),
      logins_(*file_),
      sessions_(*file_),
      links_(*file_),
      api_keys_(*file_),
      preferences_(*file_),
      addresses_(*file_),
      consents_(*file_),
      lookup_log_(*file_),
      idempotency_(*file_),
      appeals_(*file_),
      audit_(*file_) {}

Result<std::unique_ptr<AccessStore>> AccessStore::open(const std::string& path, base::RandomBytes random) {
  auto file = ServiceFile::open(path, std::move(random));
  if (!file) return file.error();
  return std::unique_ptr<AccessStore>(new AccessStore(std::move(*file)));
}

Result<void> AccessStore::tidy(std::int64_t now) {
  const UseNotes::Times sessions = sessions_.uses().all(), keys = api_keys_.uses().all();
  auto done = file_->change([&](store::Database& database) -> Result<void> {
    if (auto tidied = sessions_.tidy(database, now, sessions); !tidied) return tidied;
    if (auto tidied = api_keys_.tidy(database, now, keys); !tidied) return tidied;
    if (auto tidied = idempotency_.tidy(database, now); !tidied) return tidied;
    return remove_expired(database, now);
  });
  if (!done) return done;
  sessions_.uses().forget(sessions);
  api_keys_.uses().forget(keys);
  return {};
}

Result<PersonRecords> AccessStore::records_of(PersonId person, std::int64_t now) {
  PersonRecords records;
  Result<void> failed;
  const auto take = [&](auto& into, auto read) {
    if (!read && failed) failed = read.error();
    if (read) into = std::move(*read);
  };
  take(records.login, logins_.of_person(person));
  if (records.login) {
    const LoginId login = records.login->id;
    take(records.sessions, sessions_.list(login, now));
    take(records.invitations, links_.invitations(login, now));
    take(records.keys, api_keys_.of_login(login));
    take(records.audit, audit_.of_login(login));
  }
  take(records.has_preferences, preferences_.has(person));
  take(records.preferences, preferences_.of(person));
  take(records.addresses, addresses_.of_person(person));
  take(records.consents, consents_.of_person(person));
  take(records.lookups, lookup_log_.all_of_person(person));
  take(records.appeals, appeals_.of_person(person));
  if (!failed) return failed.error();
  return records;
}

Result<std::vector<PersonId>> AccessStore::people() {
  // Of the look-ups, which may be millions, the index alone is read, a step for each person.
  constexpr std::string_view kAll =
      "WITH RECURSIVE asked(person) AS (SELECT min(person) FROM lookups UNION ALL SELECT (SELECT min(person) FROM "
      "lookups WHERE person > asked.person) FROM asked WHERE asked.person IS NOT NULL) "
      "SELECT person FROM asked WHERE person > 0 UNION SELECT person FROM logins WHERE person > 0 UNION SELECT person "
      "FROM preferences UNION SELECT person FROM addresses UNION SELECT person FROM consents UNION SELECT person FROM "
      "appeals ORDER BY 1";
  return file_->read([&](Reader& reader) {
    return all_rows(reader.ask(kAll, {}), [](const store::Rows& row) { return row.integer(0); });
  });
}

Result<AccessErase> AccessStore::erase(PersonId person, LoginId by, std::int64_t now) {
  if (person == 0) return bad_input("nobody cannot be erased: name a person");
  AccessErase erased;
  auto done = file_->change([&](store::Database& database) -> Result<void> {
    const auto login = first_row(database.query("SELECT login FROM logins WHERE person = ?", {person}),
                                 [](const store::Rows& row) { return row.integer(0); });
    if (!login) return login.error();
    if (*login) {
      if (auto gone = erase_login(database, **login); !gone) return gone;
      erased.logins = 1;
    }
    for (const auto& [sql, count] : {std::pair{"DELETE FROM addresses WHERE person = ?", &erased.addresses},
                                     {"DELETE FROM consents WHERE person = ?", &erased.consents},
                                     {"DELETE FROM lookups WHERE person = ?", &erased.lookups},
                                     {"DELETE FROM appeals WHERE person = ?", &erased.appeals}}) {
      const auto gone = run(database, sql, person);
      if (!gone) return gone.error();
      *count = *gone;
    }
    if (auto gone = run(database, "DELETE FROM preferences WHERE person = ?", person); !gone) return gone.error();
    // Others may have been answered with something about the person. That they were answered must stay known.
    auto emptied = database.execute("UPDATE answers SET headers = '', body = '', withheld = 1");
    if (!emptied) return emptied.error();
    const bool by_themselves = *login && **login == by;
    return Audit::write(database,
                        {.time = now, .by = by_themselves ? 0 : by, .what = "person erased", .login = 0, .detail = ""});
  });
  if (!done) return done.error();
  if (auto clean = file_->leave_nothing_deleted(); !clean) return clean.error();
  return erased;
}

}  // namespace renown::access
