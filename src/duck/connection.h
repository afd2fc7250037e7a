/// Connection: where SQL is run.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "renown/result.h"

#include "duck/database.h"
#include "duck/query_result.h"

struct _duckdb_connection;

namespace renown::duck {

/// A value for a `?` of a statement.
using Parameter = std::variant<std::int64_t, double, bool, std::string_view>;
using Parameters = std::initializer_list<Parameter>;

/// Not for use by two threads at once; each thread takes its own.
class Connection {
 public:
  static Result<Connection> open(const Database& database);

  /// Runs one statement, or several separated by ';' when there are no parameters. returns rows changed by the last
  /// errors  bad_input, io, internal: DuckDB's reason in one sentence
  Result<std::uint64_t> execute(const std::string& sql, Parameters parameters = {});

  /// Starts one query; its rows are computed as they are fetched.
  Result<QueryResult> query(const std::string& sql, Parameters parameters = {});

  /// The only value of a query with one row and one BIGINT column.
  Result<std::int64_t> query_int64(const std::string& sql, Parameters parameters = {});

  _duckdb_connection* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(_duckdb_connection* handle) const;
  };
  explicit Connection(_duckdb_connection* handle) : handle_(handle) {}
  std::unique_ptr<_duckdb_connection, Close> handle_;
};

/// Everything the connection does from begin() to commit() happens, or nothing. Destroyed before commit(), it rolls
/// back.
class Transaction {
 public:
  static Result<Transaction> begin(Connection& connection);
  Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// Once it returns without an error the changes are on disk. After an error nothing of them is.
  Result<void> commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

}  // namespace renown::duck
