/// What candidates in SQLite share: a database in memory, and statements that must not fail.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <sqlite3.h>

namespace renown::bench {

class SqliteStatement {
 public:
  SqliteStatement(sqlite3* database, const std::string& sql) : database_(database) {
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &handle_, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(database));
  }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement() { sqlite3_finalize(handle_); }

  void bind(int place, std::int64_t value) { sqlite3_bind_int64(handle_, place, value); }
  std::int64_t value(int column) { return sqlite3_column_int64(handle_, column); }

  /// returns  whether there is a row. After the last one the statement can run again.
  bool step() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(database_));
    sqlite3_reset(handle_);
    return false;
  }

 private:
  sqlite3* database_;
  sqlite3_stmt* handle_ = nullptr;
};

class SqliteInMemory {
 public:
  SqliteInMemory() {
    if (sqlite3_open(":memory:", &handle_) != SQLITE_OK) throw std::runtime_error("SQLite could not open a database");
    execute("PRAGMA temp_store = memory");
    execute("PRAGMA cache_size = -2000000");
  }
  SqliteInMemory(const SqliteInMemory&) = delete;
  SqliteInMemory& operator=(const SqliteInMemory&) = delete;
  ~SqliteInMemory() { sqlite3_close(handle_); }

  sqlite3* handle() { return handle_; }
  void execute(const std::string& sql) { SqliteStatement(handle_, sql).step(); }

 private:
  sqlite3* handle_ = nullptr;
};

}  // namespace renown::bench
