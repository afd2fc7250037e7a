/// LineReader: a byte source as lines.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"
#include "renown/result.h"

namespace renown::io {

/// One line without its line ending (\n or \r\n). A byte-order mark at the front of the first line is taken off.
struct Line {
  std::string_view text;     ///< valid until the next call of next(); empty when too_long
  std::uint64_t number = 0;  ///< counted from 1, blank lines included
  bool too_long = false;     ///< longer than LineReader::kMaxBytes: skipped without being held in memory
  bool cut_off = false;      ///< the last line of the file and without a line ending
};

/// Memory use is bounded by the longest line, itself bounded by kMaxBytes.
class LineReader {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{16} << 20;

  explicit LineReader(std::unique_ptr<ByteSource> source);

  /// Puts the next line into `line`. returns false at the end. errors as ByteSource::read
  Result<bool> next(Line& line);

  std::uint64_t bytes_read() const { return source_->bytes_read(); }

 private:
  std::unique_ptr<ByteSource> source_;
  std::string buffer_;
  std::size_t begin_ = 0;  ///< first byte of buffer_ not yet handed out
  std::uint64_t line_number_ = 0;
  bool at_end_ = false;
};

}  // namespace renown::io
