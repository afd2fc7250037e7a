#include "io/line_reader.h"

#include <algorithm>
#include <cstring>

namespace renown::io {
namespace {

constexpr std::size_t kFirstBytes = std::size_t{4} << 10;
constexpr std::size_t kReadBytes = std::size_t{64} << 10;  ///< from here on the buffer grows only with the lines
constexpr std::size_t kLongestEnding = 2;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

LineReader::LineReader(std::unique_ptr<ByteSource> source, std::size_t max_bytes, std::uint64_t lines_before)
    : source_(std::move(source)),
      max_bytes_(max_bytes),
      capacity_(std::min(kFirstBytes, most_bytes())),
      line_number_(lines_before) {
  buffer_ = std::make_unique_for_overwrite<char[]>(capacity_);
}

/// The longest line with all that may stand around it.
std::size_t LineReader::most_bytes() const {
  return max_bytes_ + kLongestEnding + kByteOrderMark.size();
}

Result<bool> LineReader::next(Line& line) {
  line = Line{};
  auto more = next_raw(line);
  if (!more || !*more) return more;
  line.number = ++line_number_;
  if (line.number == 1 && line.text.starts_with(kByteOrderMark)) {
    line.text.remove_prefix(kByteOrderMark.size());
    // A file of nothing but the mark has no lines.
    if (line.text.empty() && line.ending.empty()) return false;
  }
  if (line.text.size() > max_bytes_) {
    line.text = {};
    line.too_long = true;
  }
  return true;
}

Result<bool> LineReader::next_raw(Line& line) {
  std::size_t searched = begin_;
  for (;;) {
    if (searched < end_) {
      const void* found = std::memchr(buffer_.get() + searched, '\n', end_ - searched);
      if (found != nullptr) {
        const auto position = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.get());
        hand_out(position - begin_, "\n", line);
        return true;
      }
      searched = end_;
    }
    if (at_end_) {
      if (begin_ == end_) return false;
      line.cut_off = true;
      hand_out(end_ - begin_, "", line);
      return true;
    }
    if (end_ - begin_ == most_bytes()) return skip_long_line(line);
    const std::size_t begin_before = begin_;
    if (auto filled = fill(); !filled) return filled.error();
    searched -= begin_before - begin_;
  }
}

/// Hands out `size` bytes from begin_ on, that are followed by `ending`; a \r before it belongs to the ending.
void LineReader::hand_out(std::size_t size, std::string_view ending, Line& line) {
  line.text = std::string_view(buffer_.get() + begin_, size);
  begin_ += size + ending.size();
  const bool has_return = line.text.ends_with('\r');
  line.ending = has_return ? std::string_view("\r\n").substr(0, 1 + ending.size()) : ending;
  if (has_return) line.text.remove_suffix(1);
}

/// Reads more bytes behind end_, first making room: what was handed out goes, then the buffer grows.
Result<void> LineReader::fill() {
  if (begin_ > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == capacity_ || (was_filled_ && capacity_ < kReadBytes)) grow();
  auto count = source_->read({buffer_.get() + end_, capacity_ - end_});
  if (!count) return count.error();
  at_end_ = *count == 0;
  was_filled_ = *count == capacity_ - end_;
  end_ += *count;
  return {};
}

void LineReader::grow() {
  const std::size_t capacity = std::min(capacity_ * 2, most_bytes());
  if (capacity == capacity_) return;
  auto buffer = std::make_unique_for_overwrite<char[]>(capacity);
  std::memcpy(buffer.get(), buffer_.get(), end_);
  buffer_ = std::move(buffer);
  capacity_ = capacity;
}

/// The buffer is full of one line: its bytes are dropped up to its end, wherever that is.
Result<bool> LineReader::skip_long_line(Line& line) {
  line.too_long = true;
  for (;;) {
    begin_ = end_ = 0;
    auto count = source_->read({buffer_.get(), capacity_});
    if (!count) return count.error();
    end_ = *count;
    at_end_ = *count == 0;
    if (at_end_) {
      line.cut_off = true;
      return true;
    }
    const void* found = std::memchr(buffer_.get(), '\n', end_);
    if (found != nullptr) {
      begin_ = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.get()) + 1;
      return true;
    }
  }
}

}  // namespace renown::io
