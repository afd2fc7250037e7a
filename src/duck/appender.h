/// Appender: many rows into a table, fast.
#pragma once

#include <memory>
#include <string>

#include "renown/result.h"

#include "duck/connection.h"
#include "duck/row_buffer.h"

struct _duckdb_appender;

namespace renown::duck {

/// Fill rows(), call push() when it is full, finish() at the end. Rows become part of the connection's transaction.
/// Destroyed before finish(), rows not yet handed to DuckDB are dropped. Must not outlive the connection.
class Appender {
 public:
  /// table  a table of the main database, or of the attached database `catalog` if that is not empty
  static Result<Appender> create(Connection& connection, const std::string& table, const std::string& catalog = "");

  RowBuffer& rows() { return *rows_; }

  /// Hands the rows over and clears the buffer. errors  bad_input for a text that is not UTF-8; what the table refuses
  Result<void> push();

  /// Hands the last rows over; nothing may follow.
  Result<void> finish();

 private:
  struct Destroy {
    void operator()(_duckdb_appender* appender) const;
  };
  explicit Appender(_duckdb_appender* handle) : handle_(handle) {}
  Error error() const;

  std::unique_ptr<_duckdb_appender, Destroy> handle_;
  std::unique_ptr<RowBuffer> rows_;
};

}  // namespace renown::duck
