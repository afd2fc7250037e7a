/// Database: an SQLite file behind our own types; the only folder that includes SQLite's header.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "renown/result.h"

struct sqlite3;  // as SQLite's C header names them
struct sqlite3_stmt;

namespace renown::store {

/// A value for a `?` of a statement; monostate is NULL.
using Parameter = std::variant<std::monostate, std::int64_t, double, std::string_view>;
using Parameters = std::initializer_list<Parameter>;

/// A statement that runs: its rows come one by one. Must not outlive the database.
class Rows {
 public:
  /// Goes to the next row. returns false at the end. errors  whatever stops the statement on its way
  Result<bool> next();

  /// Columns of the current row, from 0; valid until next(). NULL reads as "", 0 and 0.0.
  std::string_view text(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  bool is_null(int column) const;

 private:
  friend class Database;
  friend class Prepared;
  struct Close {
    bool is_kept = false;  ///< a Prepared's: made ready to run again, with its values forgotten
    void operator()(sqlite3_stmt* statement) const;
  };
  Rows(sqlite3_stmt* statement, bool is_kept) : statement_(statement, Close{is_kept}) {}
  std::unique_ptr<sqlite3_stmt, Close> statement_;
};

/// A statement that is read once and run often: for what every request asks. Must not outlive the database.
class Prepared {
 public:
  /// Starts it. The rows of its last run must be gone. errors  internal
  Result<Rows> query(Parameters parameters = {});

 private:
  friend class Database;
  struct Close {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Prepared(sqlite3_stmt* statement) : statement_(statement) {}
  std::unique_ptr<sqlite3_stmt, Close> statement_;
};

/// Write-ahead log, synced at every commit, deleted bytes overwritten, foreign keys kept. Not for use by two threads at
/// once.
class Database {
 public:
  /// Opens the file, or makes an empty one (for its owner only). Goes back to the last commit of a killed writer.
  ///
  /// errors  io (permissions, full disk); bad_input when it is no SQLite file, or damaged; busy
  static Result<Database> open_for_writing(const std::string& path);

  /// The file must be there; nothing is changed. Works on a read-only disk where the last writer closed in peace.
  /// errors  as above, and not_found
  static Result<Database> open_for_reading(const std::string& path);

  /// Runs one statement to its end. returns rows changed. errors  bad_input, io, busy, internal: one sentence
  Result<std::uint64_t> execute(std::string_view sql, Parameters parameters = {});

  /// Runs several statements without parameters.
  Result<void> execute_script(const std::string& sql);

  /// Starts one query.
  Result<Rows> query(std::string_view sql, Parameters parameters = {});

  /// Reads a statement, to be run by Prepared::query.
  Result<Prepared> prepare(std::string_view sql);

  /// The first column of a query's first row. errors  internal where there is no row
  Result<std::int64_t> query_integer(std::string_view sql, Parameters parameters = {});

  /// Row number of the last INSERT.
  std::int64_t last_row() const;

  /// Writes the file anew without what was deleted and empties the write-ahead log, so that no byte of it is left.
  /// errors  io (needs room for a second file), busy
  Result<void> leave_nothing_deleted();

  /// Writes a copy of the store as of now, without what was deleted, to a new file: on disk when it returns. Others may
  /// read and write meanwhile. errors  io, busy; bad_input where the store is damaged
  Result<void> write_copy(const std::string& path);

  /// How much of a store is looked at: `quick` is every page's structure, `whole` also every index beside its table.
  enum class Depth { quick, whole };

  /// errors  bad_input, saying what is damaged
  Result<void> check(Depth depth);

  const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  Database(std::string path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {}
  Error error() const;

  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

/// Everything from begin() to commit() happens, or nothing. Destroyed before commit(), it rolls back.
class Transaction {
 public:
  static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// Once it returns without an error the changes are on disk.
  Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace renown::store
