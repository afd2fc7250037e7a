#include "log/open_log.h"

#include <fmt/format.h>

#include "log/schema.h"

namespace renown::log {
namespace {

// How long the write-ahead log grows before it is folded into the file. Each folding packs the last rows of the table
// anew: at DuckDB's 16 MB small batches take a third longer (measured). A reopening after a kill replays that much, in
// about a second.
constexpr const char* kWalSize = "64MB";

}  // namespace

Result<void> open_database(OpenLog& log) {
  auto database = duck::Database::open(log.folder.database(),
                                       {.read_only = !log.writes,
                                        .external_access = true,  // exports, and the new file of an erase
                                        .threads = log.options.threads,
                                        .memory_limit_bytes = log.options.memory_limit_bytes,
                                        .temporary_folder = log.writes ? log.folder.spill() : std::string()});
  if (!database) return explain(log, database.error());
  auto connection = duck::Connection::open(*database);
  if (!connection) return explain(log, connection.error());
  if (log.writes) {
    auto set = connection->execute(fmt::format("SET checkpoint_threshold = '{}'", kWalSize));
    if (!set) return explain(log, set.error());
  }
  auto version = check_tables(*connection, log.key);
  if (!version) return explain(log, version.error());
  if (log.writes) {
    auto migrated = migrate_tables(*connection, *version);
    if (!migrated) return explain(log, migrated.error());
  }
  log.database.emplace(std::move(*database));
  return {};
}

Result<duck::Connection> connect(const OpenLog& log) {
  if (!log.database) {
    return Error{ErrorCode::io, fmt::format("the data folder {} could not be opened again after an erase: start anew",
                                            log.folder.path())};
  }
  return duck::Connection::open(*log.database);
}

Result<Tombstones> read_tombstones(duck::Connection& connection, const TombstoneKey& key) {
  Tombstones tombstones(key);
  auto rows = connection.query("SELECT network, digest, name_hash, name_bytes FROM tombstones");
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return tombstones;
    for (std::size_t i = 0; i < rows->size(); ++i) {
      tombstones.add({std::string(rows->column(0).text(i)), std::string(rows->column(1).text(i)),
                      static_cast<std::uint64_t>(rows->column(2).int64(i)),
                      static_cast<std::uint64_t>(rows->column(3).int64(i))});
    }
  }
}

Error explain(const OpenLog& log, const Error& error) {
  const std::string file = log.folder.database();
  switch (error.code) {
    case ErrorCode::bad_input:
      return {error.code, fmt::format("{} cannot be used: {}", file, error.message)};
    case ErrorCode::busy:
      return {error.code, fmt::format("another program has {} open: close it and try again ({})", file, error.message)};
    case ErrorCode::io:
      return {error.code, fmt::format("{} cannot be read or written: {}", file, error.message)};
    default:
      return {error.code, fmt::format("{}: {}", file, error.message)};
  }
}

}  // namespace renown::log
