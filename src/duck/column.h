/// Column types, and the columns of one chunk of a query's result.
#pragma once

#include <cassert>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace renown::duck {

/// The types Renown stores. SQL casts whatever else there is.
enum class Type : std::uint8_t { boolean, uint8, int64, float64, text, other };

/// A column of a table or file to be written.
struct ColumnSpec {
  std::string name;
  Type type = Type::text;
};

/// The values of one column in one chunk: valid until the next chunk is fetched. Reading a value as another type than
/// the column's is a defect and asserted. A null reads as 0, false or "".
class Column {
 public:
  Column(Type type, const void* data, const std::uint64_t* validity) : type_(type), data_(data), validity_(validity) {}

  Type type() const { return type_; }
  bool is_null(std::size_t row) const { return validity_ != nullptr && (validity_[row / 64] >> (row % 64) & 1) == 0; }
  bool boolean(std::size_t row) const { return get<bool>(Type::boolean, row); }
  std::uint8_t uint8(std::size_t row) const { return get<std::uint8_t>(Type::uint8, row); }
  std::int64_t int64(std::size_t row) const { return get<std::int64_t>(Type::int64, row); }
  double float64(std::size_t row) const { return get<double>(Type::float64, row); }

  std::string_view text(std::size_t row) const {
    assert(type_ == Type::text);
    if (is_null(row)) return {};
    const char* cell = static_cast<const char*>(data_) + row * kTextCellBytes;
    std::uint32_t length = 0;
    std::memcpy(&length, cell, sizeof length);
    if (length <= kInlineBytes) return {cell + sizeof length, length};
    const char* bytes = nullptr;
    std::memcpy(&bytes, cell + 8, sizeof bytes);
    return {bytes, length};
  }

 private:
  // DuckDB's cell of text: 4 bytes of length, then up to 12 bytes of text, or 4 bytes of prefix and a pointer to all.
  static constexpr std::size_t kTextCellBytes = 16;
  static constexpr std::uint32_t kInlineBytes = 12;

  template <class T>
  T get([[maybe_unused]] Type type, std::size_t row) const {
    assert(type_ == type);
    return is_null(row) ? T{} : static_cast<const T*>(data_)[row];
  }

  Type type_;
  const void* data_;
  const std::uint64_t* validity_;
};

}  // namespace renown::duck
