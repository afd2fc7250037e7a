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

/// Tables that a folder keeps in a store that it shares with others, with a version of their own.
struct Part {
  std::string name;                    ///< "webhook", which its tables begin with
  std::span<const char* const> steps;  ///< as of a Schema
};

/// Brings a part to its newest version in one transaction. The store's own migrate comes first: it takes a file with
/// foreign tables for none of its own.
///
/// errors  bad_input for a part of a newer program; io
Result<void> migrate_part(Database& database, const Part& part);

}  // namespace renown::store
