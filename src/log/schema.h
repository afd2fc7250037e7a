/// The tables inside interactions.duckdb (docs/formats/interaction-log.md).
#pragma once

#include <cstdint>
#include <string>

#include "renown/result.h"

#include "duck/connection.h"
#include "log/tombstone_key.h"

namespace renown::log {

/// Raised with every change of the tables; a program reads logs up to its own version.
/// 1: without `sources`. 2: with it.
inline constexpr std::int64_t kSchemaVersion = 2;

/// The columns of the table `interactions`, in its order.
inline constexpr const char* kColumns = "time, network, kind, actor, target, post, id, tags";

/// Creates all tables, empty, in the attached database `catalog`.
Result<void> create_tables(duck::Connection& connection, const std::string& catalog, const TombstoneKey& key);

/// Makes a whole new database file with empty tables, on disk when it returns.
Result<void> create_database(const std::string& path, const TombstoneKey& key);

/// The name of the connection's main database in statements.
Result<std::string> main_catalog(duck::Connection& connection);

/// Checks that the main database is a log this program can read, and that the key is its own.
/// returns  its version
/// errors   bad_input with a clause to put after the file's name
Result<std::int64_t> check_tables(duck::Connection& connection, const TombstoneKey& key);

/// Brings a log of an older version to this one, whole or not at all.
Result<void> migrate_tables(duck::Connection& connection, std::int64_t version);

}  // namespace renown::log
