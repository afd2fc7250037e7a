/// What candidates in SQL share: a database with a task's columns as its table `rows`.
#pragma once

#include <memory>
#include <string>

#include "common/log.h"
#include "duck/connection.h"
#include "duck/database.h"

namespace renown::bench {

/// The value of a Result, or what went wrong as an exception: a candidate has nowhere to return it to.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}
inline void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().message);
}

/// Writes the columns to a Parquet file, in a process of its own: from there DuckDB takes them into a table of the same
/// types, without leaving behind the memory that another way in would take.
void write_columns(const Columns& columns, const std::string& path);

/// A DuckDB in memory on one thread; the table rows(time BIGINT, kind UTINYINT, actor UINTEGER, target UINTEGER) holds
/// what write_columns() wrote.
class ColumnsInDuck {
 public:
  explicit ColumnsInDuck(const std::string& columns_file, unsigned threads = 1);
  duck::Connection& operator*() { return *connection_; }
  duck::Connection* operator->() { return connection_.get(); }

 private:
  std::unique_ptr<duck::Database> database_;
  std::unique_ptr<duck::Connection> connection_;
};

}  // namespace renown::bench
