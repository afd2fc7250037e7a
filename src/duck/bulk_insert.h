/// BulkInsert: many rows that lie in memory into a table, put together and packed by all of DuckDB's threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "renown/result.h"

#include "duck/column.h"
#include "duck/connection.h"
#include "duck/row_buffer.h"

namespace renown::duck {

/// Prepared once, run as often as wished. The connection must outlive it.
class BulkInsert {
 public:
  /// Adds row `number` to `rows`. Called by several threads at once. Texts may be put in place: what they point to
  /// must stay until run() returns.
  using FillRow = std::function<void(std::size_t number, RowBuffer& rows)>;

  /// columns  of the table, in its order
  static Result<BulkInsert> prepare(Connection& connection, std::vector<ColumnSpec> columns);

  /// Inserts rows 0 to count - 1 into `table` (as it stands in statements) as part of the connection's transaction.
  /// Threads take the rows by pieces of a row group, and the table gets them in the order of a piece, but the pieces in
  /// any order.
  Result<std::uint64_t> run(const std::string& table, std::size_t count, const FillRow& fill);

  BulkInsert(BulkInsert&&) noexcept;
  BulkInsert& operator=(BulkInsert&&) noexcept;
  ~BulkInsert();

 private:
  struct Feed;
  BulkInsert(Connection& connection, std::unique_ptr<Feed> feed);

  Connection* connection_;
  std::unique_ptr<Feed> feed_;
};

}  // namespace renown::duck
