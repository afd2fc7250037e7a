#include "store/schema.h"

#include <fmt/format.h>

namespace renown::store {
namespace {

/// The version in the file, once it is known to be ours and not too new.
Result<std::int64_t> version_of(Database& database, const Schema& schema) {
  const auto version = database.query_integer("PRAGMA user_version");
  if (!version) return version.error();
  const auto application = database.query_integer("PRAGMA application_id");
  if (!application) return application.error();
  const auto tables = database.query_integer("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  const bool fresh = *version == 0 && *application == 0 && *tables == 0;
  if (!fresh && *application != schema.application_id) {
    return bad_input(fmt::format("{} is not {} of Renown: move it away", database.path(), schema.what));
  }
  const auto newest = static_cast<std::int64_t>(schema.steps.size());
  if (*version > newest) {
    return bad_input(
        fmt::format("{} was written by a newer Renown (version {} of {}, this program knows {}): use that "
                    "program, or a backup from before",
                    database.path(), *version, schema.what, newest));
  }
  return version;
}

}  // namespace

Result<void> migrate(Database& database, const Schema& schema) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return transaction.error();
  const auto version = version_of(database, schema);
  if (!version) return version.error();
  const auto newest = static_cast<std::int64_t>(schema.steps.size());
  if (*version == newest) return {};
  for (std::int64_t step = *version; step < newest; ++step) {
    if (auto done = database.execute_script(schema.steps[static_cast<std::size_t>(step)]); !done) return done;
  }
  auto stamped = database.execute_script(
      fmt::format("PRAGMA application_id={}; PRAGMA user_version={}", schema.application_id, newest));
  if (!stamped) return stamped;
  return transaction->commit();
}

Result<void> check_schema(Database& database, const Schema& schema) {
  const auto version = version_of(database, schema);
  if (!version) return version.error();
  if (*version == static_cast<std::int64_t>(schema.steps.size())) return {};
  return bad_input(
      fmt::format("{} is of an older Renown: any command that writes brings it up to date, such as "
                  "renown people add",
                  database.path()));
}

Result<void> migrate_part(Database& database, const Part& part) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return transaction.error();
  auto made = database.execute_script(
      "CREATE TABLE IF NOT EXISTS parts(name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT");
  if (!made) return made;
  const auto version = database.query_integer("SELECT coalesce(max(version), 0) FROM parts WHERE name = ?",
                                              {std::string_view(part.name)});
  if (!version) return version.error();
  const auto newest = static_cast<std::int64_t>(part.steps.size());
  if (*version > newest) {
    return bad_input(
        fmt::format("{} was written by a newer Renown (version {} of its tables of {}, this program knows "
                    "{}): use that program, or a backup from before",
                    database.path(), *version, part.name, newest));
  }
  if (*version == newest) return {};
  for (std::int64_t step = *version; step < newest; ++step) {
    if (auto done = database.execute_script(part.steps[static_cast<std::size_t>(step)]); !done) return done;
  }
  const auto stamped =
      database.execute("INSERT OR REPLACE INTO parts VALUES (?, ?)", {std::string_view(part.name), newest});
  if (!stamped) return stamped.error();
  return transaction->commit();
}

}  // namespace renown::store
