#include "duck/row_buffer.h"

#include <cstring>

#include <duckdb.h>
#include <fmt/format.h>

#include "base/utf8.h"
#include "duck/types.h"

namespace renown::duck {
namespace {

duckdb_data_chunk create_chunk(const std::vector<Type>& types) {
  std::vector<duckdb_logical_type> logical;
  logical.reserve(types.size());
  for (const Type type : types) logical.push_back(duckdb_create_logical_type(to_duckdb(type)));
  duckdb_data_chunk chunk = duckdb_create_data_chunk(logical.data(), logical.size());
  for (duckdb_logical_type& type : logical) duckdb_destroy_logical_type(&type);
  return chunk;
}

std::size_t cell_bytes(Type type) {
  switch (type) {
    case Type::boolean:
    case Type::uint8:
      return 1;
    case Type::text:
      return sizeof(duckdb_string_t);
    default:
      return 8;
  }
}

Type vector_type(duckdb_vector vector) {
  duckdb_logical_type logical = duckdb_vector_get_column_type(vector);
  const Type type = from_duckdb(duckdb_get_type_id(logical));
  duckdb_destroy_logical_type(&logical);
  return type;
}

}  // namespace

RowBuffer::RowBuffer(const std::vector<Type>& types)
    : owned_(create_chunk(types)), chunk_(owned_.get()), capacity_(duckdb_vector_size()) {
  look_up_columns();
}

RowBuffer::RowBuffer(_duckdb_data_chunk* chunk) : chunk_(chunk), capacity_(duckdb_vector_size()) {
  look_up_columns();
}

void RowBuffer::Destroy::operator()(_duckdb_data_chunk* chunk) const {
  duckdb_destroy_data_chunk(&chunk);
}

// Cells are zeroed, so that a column somebody forgot to set is empty and not yesterday's pointer.
void RowBuffer::look_up_columns() {
  const idx_t count = duckdb_data_chunk_get_column_count(chunk_);
  columns_.clear();
  columns_.reserve(count);
  for (idx_t i = 0; i < count; ++i) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(chunk_, i);
    const Type type = vector_type(vector);
    void* data = duckdb_vector_get_data(vector);
    std::memset(data, 0, capacity_ * cell_bytes(type));
    columns_.push_back({type, data, vector});
  }
}

void RowBuffer::set_null(std::size_t column) {
  assert(size_ > 0);
  duckdb_vector vector = columns_[column].vector;
  duckdb_vector_ensure_validity_writable(vector);
  duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), size_ - 1);
}

void RowBuffer::set_text(std::size_t column, std::string_view text) {
  assert(columns_[column].type == Type::text && size_ > 0);
  if (!base::is_utf8(text)) {
    bad_column_ = column;
    return;
  }
  duckdb_vector_assign_string_element_len(columns_[column].vector, size_ - 1, text.data(), text.size());
}

void RowBuffer::set_text_in_place(std::size_t column, std::string_view text) {
  assert(columns_[column].type == Type::text && size_ > 0);
  duckdb_string_t& cell = static_cast<duckdb_string_t*>(columns_[column].data)[size_ - 1];
  if (text.size() <= sizeof cell.value.inlined.inlined) {
    cell.value.inlined = {};  // what is behind a short text must be zero: DuckDB compares whole cells
    cell.value.inlined.length = static_cast<std::uint32_t>(text.size());
    if (!text.empty()) std::memcpy(cell.value.inlined.inlined, text.data(), text.size());
    return;
  }
  cell.value.pointer.length = static_cast<std::uint32_t>(text.size());
  std::memcpy(cell.value.pointer.prefix, text.data(), sizeof cell.value.pointer.prefix);
  cell.value.pointer.ptr = const_cast<char*>(text.data());  // DuckDB reads it only
}

Result<void> RowBuffer::problem() const {
  if (bad_column_ == SIZE_MAX) return {};
  return bad_input(fmt::format("a text for column {} is not UTF-8", bad_column_ + 1));
}

void RowBuffer::clear() {
  duckdb_data_chunk_reset(chunk_);
  look_up_columns();
  size_ = 0;
  bad_column_ = SIZE_MAX;
}

_duckdb_data_chunk* RowBuffer::chunk() {
  duckdb_data_chunk_set_size(chunk_, size_);
  return chunk_;
}

}  // namespace renown::duck
