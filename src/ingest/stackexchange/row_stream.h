/// RowStream: a file of a Stack Exchange dump as rows: `<posts><row Id="1" .../>...</posts>`.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "io/byte_source.h"

namespace renown::ingest::stackexchange {

/// One element below the root. Views and the attributes are valid during the call they are passed to.
class Row {
 public:
  Row(std::string_view element, const char* const* attributes) : element_(element), attributes_(attributes) {}

  std::string_view element() const { return element_; }  ///< "row", or whatever stands in its place

  /// The attribute's text in UTF-8, references resolved; empty if it is missing or empty.
  std::string_view operator[](std::string_view attribute) const;

 private:
  std::string_view element_;
  const char* const* attributes_;  ///< name, value, name, value, ..., nullptr
};

/// Streams: memory is bounded by the longest row, itself bounded by kMaxRowBytes. A document type, and with it every
/// entity of the file's own making, is refused.
class RowStream {
 public:
  static constexpr std::size_t kMaxRowBytes = std::size_t{16} << 20;
  static constexpr int kMaxDepth = 8;  ///< of elements; a dump has 2

  using OnRow = std::function<Result<void>(const Row&)>;

  /// name  the file in error sentences; root  name its first element must have: "posts"
  RowStream(std::string name, std::string root, std::unique_ptr<io::ByteSource> source, OnRow on_row);
  ~RowStream();

  /// Reads on a little, calling on_row for each row.
  ///
  /// returns  false at the end of the file
  /// errors   what on_row returned; bad_input for an empty file, one that is cut off, no XML or no such dump; io
  Result<bool> advance();

  std::uint64_t bytes_read() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace renown::ingest::stackexchange
