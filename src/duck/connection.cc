#include "duck/connection.h"

#include <utility>

#include <duckdb.h>
#include <fmt/format.h>

#include "duck/error.h"
#include "duck/query_result_handles.h"

namespace renown::duck {
namespace {

struct Bind {
  duckdb_prepared_statement statement;
  idx_t index;
  duckdb_state operator()(std::int64_t value) const { return duckdb_bind_int64(statement, index, value); }
  duckdb_state operator()(double value) const { return duckdb_bind_double(statement, index, value); }
  duckdb_state operator()(bool value) const { return duckdb_bind_boolean(statement, index, value); }
  duckdb_state operator()(std::string_view value) const {
    return duckdb_bind_varchar_length(statement, index, value.data(), value.size());
  }
};

Result<std::unique_ptr<QueryResult::Handles>> run(duckdb_connection connection, const std::string& sql,
                                                  Parameters parameters, bool streaming) {
  auto handles = std::make_unique<QueryResult::Handles>();
  if (duckdb_prepare(connection, sql.c_str(), &handles->statement) != DuckDBSuccess) {
    return make_error(DUCKDB_ERROR_INVALID, duckdb_prepare_error(handles->statement));
  }
  idx_t index = 0;
  for (const Parameter& parameter : parameters) {
    if (std::visit(Bind{handles->statement, ++index}, parameter) != DuckDBSuccess) {
      return Error{ErrorCode::internal, fmt::format("parameter {} does not fit its statement", index)};
    }
  }
  const duckdb_state state = streaming ? duckdb_execute_prepared_streaming(handles->statement, &handles->result)
                                       : duckdb_execute_prepared(handles->statement, &handles->result);
  if (state == DuckDBSuccess) return handles;
  return make_error(duckdb_result_error_type(&handles->result), duckdb_result_error(&handles->result));
}

}  // namespace

Result<Connection> Connection::open(const Database& database) {
  duckdb_connection handle = nullptr;
  if (duckdb_connect(database.handle(), &handle) == DuckDBSuccess) return Connection(handle);
  return Error{ErrorCode::internal, "DuckDB does not give a connection"};
}

void Connection::Close::operator()(_duckdb_connection* handle) const {
  duckdb_disconnect(&handle);
}

Result<std::uint64_t> Connection::execute(const std::string& sql, Parameters parameters) {
  if (parameters.size() != 0) {
    auto handles = run(handle(), sql, parameters, false);
    if (!handles) return handles.error();
    return duckdb_rows_changed(&(*handles)->result);
  }
  QueryResult::Handles handles;
  if (duckdb_query(handle(), sql.c_str(), &handles.result) != DuckDBSuccess) {
    return make_error(duckdb_result_error_type(&handles.result), duckdb_result_error(&handles.result));
  }
  return duckdb_rows_changed(&handles.result);
}

Result<QueryResult> Connection::query(const std::string& sql, Parameters parameters) {
  auto handles = run(handle(), sql, parameters, true);
  if (!handles) return handles.error();
  return QueryResult(std::move(*handles));
}

Result<std::int64_t> Connection::query_int64(const std::string& sql, Parameters parameters) {
  auto result = query(sql, parameters);
  if (!result) return result.error();
  auto any = result->next();
  if (!any) return any.error();
  if (!*any || result->column_count() != 1 || result->column_type(0) != Type::int64 || result->column(0).is_null(0)) {
    return Error{ErrorCode::internal, fmt::format("this yields no whole number: {}", sql)};
  }
  return result->column(0).int64(0);
}

Result<Transaction> Transaction::begin(Connection& connection) {
  auto begun = connection.execute("BEGIN TRANSACTION");
  if (!begun) return begun.error();
  return Transaction(connection);
}

Transaction::~Transaction() {
  // A failed rollback needs no word: the transaction then died with the statement that failed.
  if (connection_ != nullptr) static_cast<void>(connection_->execute("ROLLBACK"));
}

Result<void> Transaction::commit() {
  // DuckDB answers COMMIT with a quiet rollback where an earlier statement has failed; any query tells.
  auto alive = connection_->query_int64("SELECT 1::BIGINT");
  if (!alive) return alive.error();
  // A COMMIT that fails has rolled back already, so there is nothing left to do either way.
  auto done = std::exchange(connection_, nullptr)->execute("COMMIT");
  if (!done) return done.error();
  return {};
}

}  // namespace renown::duck
