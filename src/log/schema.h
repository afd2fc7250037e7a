/// The tables inside interactions.duckdb (docs/formats/interaction-log.md).
#pragma once

#include <cstdint>
#include <string>

#include "renown/result.h"

#include "duck/connection.h"
#include "log/tombstone_key.h"

namespace renown::log {

/// Raised with every change of the tables; a program reads logs up to its own version.
inline constexpr std::int64_t kSchemaVersion = 1;

/// The columns of the table `interactions`, in its order.
inline constexpr const char* kColumns = "time, network, kind, actor, target, post, id, tags";

/// Creates all tables, empty, in the attached database `catalog`.
Result<void> create_tables(duck::Connection& connection, const std::string& catalog, const TombstoneKey& key);

/// Makes a whole new database file with empty tables, on disk when it returns.
Result<void> create_database(const std::string& path, const TombstoneKey& key);

/// The name of the connection's main database in statements.
Result<std::string> main_catalog(duck::Connection& connection);

/// Checks that the main database is a log this program can read, and that the key is its own.
/// errors  bad_input with a clause to put after the file's name
Result<void> check_tables(duck::Connection& connection, const TombstoneKey& key);

}  // namespace renown::log
