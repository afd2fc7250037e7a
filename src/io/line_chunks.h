/// LineChunks: a byte source in pieces of whole lines, each of which can be read by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "io/byte_source.h"
#include "io/line_reader.h"

namespace renown::io {

/// Whole lines with their endings, and a reading position among them. Used again, it keeps its room.
class LineChunk {
 public:
  static constexpr std::size_t kPadding = 64;  ///< readable bytes behind the last line, all of them NUL

  /// What has not been taken yet.
  std::string_view rest() const { return {bytes_.data() + begin_, end_ - begin_}; }

  /// Takes the next line, which is numbered from 1 in each chunk; false at the end.
  bool next(Line& line);

  /// Takes `size_bytes` that are one line with its ending.
  void skip_line(std::size_t size_bytes) {
    begin_ += size_bytes;
    ++lines_;
  }

  std::uint64_t lines() const { return lines_; }  ///< taken so far

  /// A line longer than LineReader::kMaxBytes is a chunk of its own, and not held in memory.
  bool too_long() const { return too_long_; }

 private:
  friend class LineChunks;

  std::vector<char> bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t lines_ = 0;
  bool too_long_ = false;
  bool cut_off_ = false;  ///< of a line that is too long
};

/// Lines, their endings, their limit and the byte-order mark are those of LineReader.
class LineChunks {
 public:
  /// Few enough to stay in a core's cache while they are read, enough to be worth handing to a thread.
  static constexpr std::size_t kChunkBytes = std::size_t{256} << 10;

  explicit LineChunks(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}

  /// Puts the next lines into `chunk`: those of about kChunkBytes, or one that is longer, or as many as a pipe has just
  /// now. returns false at the end. errors as ByteSource::read, after all whole lines before
  Result<bool> next(LineChunk& chunk);

  /// Puts what was not taken of the last chunk in front of what follows.
  void give_back(std::string_view bytes);

  /// The bytes that follow, whatever lines they are.
  Result<std::size_t> read(std::span<char> buffer);

  std::uint64_t bytes_read() const { return source_->bytes_read(); }

 private:
  Result<bool> skip_long_line(LineChunk& chunk);
  void pass_over_mark(LineChunk& chunk);

  std::unique_ptr<ByteSource> source_;
  std::string ahead_;  ///< read, but of no chunk yet
  bool at_start_ = true;
  bool ended_ = false;
  std::optional<Error> failure_;
};

}  // namespace renown::io
