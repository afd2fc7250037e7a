#include "duck/appender.h"

#include <vector>

#include <duckdb.h>
#include <fmt/format.h>

#include "duck/error.h"
#include "duck/types.h"

namespace renown::duck {
namespace {

std::vector<Type> column_types(duckdb_appender appender) {
  std::vector<Type> types(duckdb_appender_column_count(appender));
  for (idx_t i = 0; i < types.size(); ++i) {
    duckdb_logical_type logical = duckdb_appender_column_type(appender, i);
    types[i] = from_duckdb(duckdb_get_type_id(logical));
    duckdb_destroy_logical_type(&logical);
  }
  return types;
}

}  // namespace

Result<Appender> Appender::create(Connection& connection, const std::string& table, const std::string& catalog) {
  duckdb_appender handle = nullptr;
  const duckdb_state state = duckdb_appender_create_ext(
      connection.handle(), catalog.empty() ? nullptr : catalog.c_str(), nullptr, table.c_str(), &handle);
  Appender appender(handle);
  if (state != DuckDBSuccess) return appender.error();
  const auto types = column_types(handle);
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i] != Type::other) continue;
    return Error{ErrorCode::internal, fmt::format("column {} of {} is of a type Renown does not write", i + 1, table)};
  }
  appender.rows_ = std::make_unique<RowBuffer>(types);
  return appender;
}

void Appender::Destroy::operator()(_duckdb_appender* appender) const {
  duckdb_appender_destroy(&appender);
}

Error Appender::error() const {
  duckdb_error_data data = duckdb_appender_error_data(handle_.get());
  Error error = make_error(duckdb_error_data_error_type(data), duckdb_error_data_message(data));
  duckdb_destroy_error_data(&data);
  return error;
}

Result<void> Appender::push() {
  if (rows_->size() == 0) return {};
  auto good = rows_->problem();
  if (!good) return good;
  if (duckdb_append_data_chunk(handle_.get(), rows_->chunk()) != DuckDBSuccess) return error();
  rows_->clear();
  return {};
}

Result<void> Appender::finish() {
  auto pushed = push();
  if (!pushed) return pushed;
  if (duckdb_appender_close(handle_.get()) != DuckDBSuccess) return error();
  return {};
}

}  // namespace renown::duck
