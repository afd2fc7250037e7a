#include "duck/query_result.h"

#include "duck/error.h"
#include "duck/query_result_handles.h"
#include "duck/types.h"

namespace renown::duck {

static_assert(sizeof(duckdb_string_t) == 16, "Column::text knows this layout");
static_assert(sizeof(bool) == 1, "DuckDB's booleans are bytes");

QueryResult::QueryResult(std::unique_ptr<Handles> handles) : handles_(std::move(handles)) {}
QueryResult::QueryResult(QueryResult&&) noexcept = default;
QueryResult& QueryResult::operator=(QueryResult&&) noexcept = default;
QueryResult::~QueryResult() = default;

std::size_t QueryResult::column_count() const {
  return duckdb_column_count(&handles_->result);
}

std::string QueryResult::column_name(std::size_t column) const {
  const char* name = duckdb_column_name(&handles_->result, column);
  return name == nullptr ? "" : name;
}

Type QueryResult::column_type(std::size_t column) const {
  return from_duckdb(duckdb_column_type(&handles_->result, column));
}

Result<bool> QueryResult::next() {
  duckdb_destroy_data_chunk(&handles_->chunk);
  columns_.clear();
  size_ = 0;
  handles_->chunk = duckdb_fetch_chunk(handles_->result);
  if (handles_->chunk == nullptr) {
    const char* message = duckdb_result_error(&handles_->result);
    if (message != nullptr && *message != '\0') {
      return make_error(duckdb_result_error_type(&handles_->result), message);
    }
    return false;
  }
  size_ = duckdb_data_chunk_get_size(handles_->chunk);
  if (size_ == 0) return false;
  const std::size_t count = column_count();
  columns_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(handles_->chunk, i);
    columns_.emplace_back(column_type(i), duckdb_vector_get_data(vector), duckdb_vector_get_validity(vector));
  }
  return true;
}

}  // namespace renown::duck
