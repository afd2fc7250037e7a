/// QueryResult: what a query yields, chunk by chunk, without holding all of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "renown/result.h"

#include "duck/column.h"

namespace renown::duck {

/// Rows in the order of the query. A connection has one unfinished result at a time: read it to its end or destroy it
/// before the connection's next statement. Must not outlive the connection.
class QueryResult {
 public:
  struct Handles;  ///< DuckDB's side, known to the sources only
  explicit QueryResult(std::unique_ptr<Handles> handles);
  QueryResult(QueryResult&&) noexcept;
  QueryResult& operator=(QueryResult&&) noexcept;
  ~QueryResult();

  std::size_t column_count() const;
  std::string column_name(std::size_t column) const;
  Type column_type(std::size_t column) const;

  /// Fetches the next rows. returns false at the end. errors  whatever stops the query on its way
  Result<bool> next();

  /// Rows of the current chunk, and its columns: valid until the next call of next().
  std::size_t size() const { return size_; }
  const Column& column(std::size_t column) const { return columns_[column]; }

 private:
  std::unique_ptr<Handles> handles_;
  std::vector<Column> columns_;
  std::size_t size_ = 0;
};

}  // namespace renown::duck
