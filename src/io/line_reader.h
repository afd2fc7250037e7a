/// LineReader: a byte source as lines.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "io/byte_source.h"

namespace renown::io {

/// One line without its line ending (\n or \r\n). A byte-order mark at the front of the first line is taken off.
struct Line {
  std::string_view text;     ///< valid until the next call of next(); empty when too_long
  std::string_view ending;   ///< "\n" or "\r\n" as found; "" or "\r" (half an ending) when cut_off
  std::uint64_t number = 0;  ///< counted from 1, blank lines included
  bool too_long = false;     ///< longer than the reader's limit: skipped without being held in memory
  bool cut_off = false;      ///< the last line of the file and without a line ending
};

/// Memory use is bounded by the longest line, itself bounded by max_bytes.
class LineReader {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{16} << 20;

  /// max_bytes     longest line, without its ending, that is handed out
  /// lines_before  of the log, where the source begins in the middle of it: the first line is numbered after them
  explicit LineReader(std::unique_ptr<ByteSource> source, std::size_t max_bytes = kMaxBytes,
                      std::uint64_t lines_before = 0);

  /// Puts the next line into `line`. returns false at the end. errors as ByteSource::read
  Result<bool> next(Line& line);

  std::uint64_t bytes_read() const { return source_->bytes_read(); }

  /// Lines handed out so far, and those before.
  std::uint64_t lines() const { return line_number_; }

  /// What was read of the source but not handed out yet.
  std::string_view ahead() const { return {buffer_.get() + begin_, end_ - begin_}; }

 private:
  Result<void> fill();
  void grow();
  std::size_t most_bytes() const;
  Result<bool> next_raw(Line& line);
  Result<bool> skip_long_line(Line& line);
  void hand_out(std::size_t size, std::string_view ending, Line& line);

  std::unique_ptr<ByteSource> source_;
  std::size_t max_bytes_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_;
  std::size_t begin_ = 0;  ///< first byte of buffer_ not yet handed out
  std::size_t end_ = 0;    ///< behind the last byte read into buffer_
  std::uint64_t line_number_ = 0;
  bool at_end_ = false;
  bool was_filled_ = false;  ///< the last read gave all that was asked for, so that more may come at once
};

}  // namespace renown::io
