/// Schema versions: brings an SQLite store to the version that the program knows, one step after the other.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "renown/result.h"

#include "store/database.h"

namespace renown::store {

/// What a store is, and how it became so.
struct Schema {
  std::string what;                 ///< "the people store", for sentences
  std::int32_t application_id = 0;  ///< stands in the file's head: no other program's file is taken for ours
  /// SQL that leads from version i to i + 1; the newest version is their count. Steps are never changed, only added.
  std::span<const char* const> steps;
};

/// Brings the store to the newest version in one transaction. An empty file begins at version 0.
///
/// errors  bad_input for a store of a newer program, or another program's file; io
Result<void> migrate(Database& database, const Schema& schema);

/// As migrate, without changing anything. errors  also bad_input where the store is of an older program: a command that
/// writes brings it up to date
Result<void> check_schema(Database& database, const Schema& schema);

}  // namespace renown::store
