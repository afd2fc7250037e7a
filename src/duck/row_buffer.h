/// RowBuffer: up to a few thousand rows being put together for DuckDB.
#pragma once

#include <cassert>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "duck/column.h"

struct _duckdb_data_chunk;
struct _duckdb_vector;

namespace renown::duck {

/// Call add_row(), then set its columns by number; what is not set is 0, false or "" (never null by itself).
/// Setting a column as another type than its own is a defect and asserted.
class RowBuffer {
 public:
  /// A buffer of its own. Columns must not be of Type::other.
  explicit RowBuffer(const std::vector<Type>& types);
  /// A view of DuckDB's chunk, which outlives it.
  explicit RowBuffer(_duckdb_data_chunk* chunk);

  bool full() const { return size_ == capacity_; }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }

  /// Must not be called when full.
  void add_row() {
    assert(!full());
    ++size_;
  }
  void set_boolean(std::size_t column, bool value) { cell<bool>(Type::boolean, column) = value; }
  void set_uint8(std::size_t column, std::uint8_t value) { cell<std::uint8_t>(Type::uint8, column) = value; }
  void set_int64(std::size_t column, std::int64_t value) { cell<std::int64_t>(Type::int64, column) = value; }
  void set_float64(std::size_t column, double value) { cell<double>(Type::float64, column) = value; }
  void set_null(std::size_t column);

  /// Copies the text. One that is not UTF-8 makes the whole buffer unusable: see problem().
  void set_text(std::size_t column, std::string_view text);

  /// Points to a text that is known to be UTF-8 and stays until DuckDB has taken the rows.
  void set_text_in_place(std::size_t column, std::string_view text);

  /// bad_input, naming the column, if a text was not UTF-8.
  Result<void> problem() const;

  void clear();

  /// The rows as DuckDB's chunk.
  _duckdb_data_chunk* chunk();

 private:
  struct Destroy {
    void operator()(_duckdb_data_chunk* chunk) const;
  };
  struct Cells {
    Type type;
    void* data;
    _duckdb_vector* vector;
  };
  template <class T>
  T& cell([[maybe_unused]] Type type, std::size_t column) {
    assert(columns_[column].type == type && size_ > 0);
    return static_cast<T*>(columns_[column].data)[size_ - 1];
  }
  void look_up_columns();

  std::unique_ptr<_duckdb_data_chunk, Destroy> owned_;
  _duckdb_data_chunk* chunk_;
  std::vector<Cells> columns_;
  std::size_t size_ = 0;
  std::size_t capacity_;
  std::size_t bad_column_ = SIZE_MAX;
};

}  // namespace renown::duck
