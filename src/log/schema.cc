#include "log/schema.h"

#include <fmt/format.h>

#include "renown/interaction.h"

#include "duck/sql.h"
#include "log/data_folder.h"
#include "log/source_table.h"

namespace renown::log {
namespace {

// Kinds are stored as their place in kKindNames. The table `kinds` says so to whoever opens the file without us, and
// refuses a log whose numbers mean something else.
Result<void> check_kinds(duck::Connection& connection) {
  auto kinds = connection.query("SELECT kind, name FROM kinds ORDER BY kind");
  if (!kinds) return kinds.error();
  std::size_t expected = 0;
  for (auto more = kinds->next();; more = kinds->next()) {
    if (!more) return more.error();
    if (!*more) break;
    for (std::size_t row = 0; row < kinds->size(); ++row, ++expected) {
      const std::size_t kind = kinds->column(0).uint8(row);
      if (kind != expected || kind >= kKindNames.size() || kinds->column(1).text(row) != kKindNames[kind]) {
        return bad_input("its table of kinds is not Renown's");
      }
    }
  }
  if (expected != kKindNames.size()) return bad_input("its table of kinds is not Renown's");
  return {};
}

Result<std::string> meta(duck::Connection& connection, std::string_view name) {
  auto rows = connection.query("SELECT value FROM meta WHERE name = ?", {name});
  if (!rows) return bad_input("it is not an interaction log of Renown");
  auto any = rows->next();
  if (!any) return any.error();
  return *any ? std::string(rows->column(0).text(0)) : std::string();
}

}  // namespace

Result<void> create_tables(duck::Connection& connection, const std::string& catalog, const TombstoneKey& key) {
  std::string kinds;
  for (std::size_t i = 0; i < kKindNames.size(); ++i) {
    kinds += fmt::format("{}({}, '{}')", i == 0 ? "" : ", ", i, kKindNames[i]);
  }
  // Accounts are many and short, where FSST wins anyway: naming it saves DuckDB the trial of the others, an eighth of
  // the time of writing. Posts and ids may be all empty, where it would lose.
  auto created = connection.execute(fmt::format(
      R"(CREATE TABLE {0}.interactions (
           time BIGINT NOT NULL, network VARCHAR NOT NULL, kind UTINYINT NOT NULL,
           actor VARCHAR NOT NULL USING COMPRESSION fsst, target VARCHAR NOT NULL USING COMPRESSION fsst,
           post VARCHAR NOT NULL, id VARCHAR NOT NULL, tags VARCHAR NOT NULL);
         CREATE TABLE {0}.kinds (kind UTINYINT NOT NULL, name VARCHAR NOT NULL);
         CREATE TABLE {0}.imports (
           import BIGINT NOT NULL, name VARCHAR NOT NULL, digest VARCHAR NOT NULL, size_bytes BIGINT NOT NULL,
           time BIGINT NOT NULL, batches BIGINT NOT NULL, rows BIGINT NOT NULL, added BIGINT NOT NULL,
           complete BOOLEAN NOT NULL);
         CREATE TABLE {0}.tombstones (
           network VARCHAR NOT NULL, digest VARCHAR NOT NULL, name_hash BIGINT NOT NULL, name_bytes BIGINT NOT NULL);
         CREATE TABLE {0}.meta (name VARCHAR NOT NULL, value VARCHAR NOT NULL);
         INSERT INTO {0}.kinds VALUES {1};
         INSERT INTO {0}.meta VALUES ('format', 'renown interaction log'), ('schema_version', '{2}'), ('key_check', '{3}');)",
      duck::name_literal(catalog), kinds, kSchemaVersion, key.check()));
  if (!created) return created.error();
  return create_source_table(connection, catalog);
}

Result<std::string> main_catalog(duck::Connection& connection) {
  auto name = connection.query("SELECT current_database()");
  if (!name) return name.error();
  auto any = name->next();
  if (!any) return any.error();
  return std::string(name->column(0).text(0));
}

Result<void> create_database(const std::string& path, const TombstoneKey& key) {
  {
    auto database = duck::Database::open(path, {.threads = 1});
    if (!database) return database.error();
    auto connection = duck::Connection::open(*database);
    if (!connection) return connection.error();
    auto catalog = main_catalog(*connection);
    if (!catalog) return catalog.error();
    auto created = create_tables(*connection, *catalog, key);
    if (!created) return created;
    auto written = connection->execute("CHECKPOINT");
    if (!written) return written.error();
  }
  return sync_file(path);
}

Result<std::int64_t> check_tables(duck::Connection& connection, const TombstoneKey& key) {
  auto format = meta(connection, "format");
  if (!format) return format.error();
  if (*format != "renown interaction log") return bad_input("it is not an interaction log of Renown");
  auto version = meta(connection, "schema_version");
  if (!version) return version.error();
  if (*version != "1" && *version != "2") {
    return bad_input(fmt::format("it has log version {}, this program reads versions 1 to {}: update Renown", *version,
                                 kSchemaVersion));
  }
  auto check = meta(connection, "key_check");
  if (!check) return check.error();
  if (*check != key.check()) {
    return bad_input(
        "the tombstone.key beside it is that of another data folder: put the right one back from a backup");
  }
  auto kinds = check_kinds(connection);
  if (!kinds) return kinds.error();
  return *version == "1" ? std::int64_t{1} : std::int64_t{2};
}

Result<void> migrate_tables(duck::Connection& connection, std::int64_t version) {
  if (version == kSchemaVersion) return {};
  auto catalog = main_catalog(connection);
  if (!catalog) return catalog.error();
  auto transaction = duck::Transaction::begin(connection);
  if (!transaction) return transaction.error();
  if (auto created = create_source_table(connection, *catalog); !created) return created;
  auto raised = connection.execute("UPDATE meta SET value = '2' WHERE name = 'schema_version'");
  if (!raised) return raised.error();
  return transaction->commit();
}

}  // namespace renown::log
