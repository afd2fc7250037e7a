/// Database: a DuckDB file, or one in memory. DuckDB's own header is included by the sources of this folder only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "renown/result.h"

struct _duckdb_database;  // as DuckDB's C header names it

namespace renown::duck {

struct DatabaseOptions {
  bool read_only = false;                ///< several processes may then have the file open, and none may write it
  bool external_access = false;          ///< SQL may read and write other files (COPY, ATTACH, read_parquet)
  unsigned threads = 0;                  ///< workers; 0 means one a core
  std::uint64_t memory_limit_bytes = 0;  ///< 0 means DuckDB's default, 80 % of the machine
  std::string temporary_folder = {};     ///< where larger-than-memory work spills; empty: it fails instead of spilling
};

/// Shared by its connections; must outlive them. Extensions are never loaded or fetched.
class Database {
 public:
  /// Opens the file, or creates an empty database there. Replays what a killed writer left in FILE.wal.
  ///
  /// errors  busy when another process has it open for writing; io when it is missing (read_only) or cannot be read or
  ///         written; bad_input when it is not a DuckDB file, or damaged, or of a newer DuckDB
  static Result<Database> open(const std::string& path, const DatabaseOptions& options);

  /// An empty database that lives as long as this object.
  static Result<Database> in_memory(const DatabaseOptions& options);

  _duckdb_database* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(_duckdb_database* handle) const;
  };
  explicit Database(_duckdb_database* handle) : handle_(handle) {}
  std::unique_ptr<_duckdb_database, Close> handle_;
};

}  // namespace renown::duck
