#include "io/line_chunks.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace renown::io {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
/// What may stand around the longest line: its ending and the mark.
constexpr std::size_t kMostBytes = LineReader::kMaxBytes + 2 + kByteOrderMark.size();

}  // namespace

bool LineChunk::next(Line& line) {
  line = Line{};
  if (std::exchange(too_long_, false)) {
    line.number = ++lines_;
    line.too_long = true;
    line.cut_off = cut_off_;
    return true;
  }
  if (begin_ == end_) return false;
  const std::string_view bytes = rest();
  const void* const feed = std::memchr(bytes.data(), '\n', bytes.size());
  line.cut_off = feed == nullptr;
  line.text = feed == nullptr
                  ? bytes
                  : bytes.substr(0, static_cast<std::size_t>(static_cast<const char*>(feed) - bytes.data()));
  skip_line(line.text.size() + (line.cut_off ? 0 : 1));
  line.number = lines_;
  const bool has_return = line.text.ends_with('\r');
  if (has_return) line.text.remove_suffix(1);
  line.ending = std::string_view("\r\n").substr(has_return ? 0 : 1, (has_return ? 1 : 0) + (line.cut_off ? 0 : 1));
  if (line.text.size() > LineReader::kMaxBytes) {
    line.text = {};
    line.too_long = true;
  }
  return true;
}

Result<bool> LineChunks::next(LineChunk& chunk) {
  chunk.begin_ = chunk.end_ = 0;
  chunk.lines_ = 0;
  chunk.too_long_ = chunk.cut_off_ = false;
  std::size_t size = ahead_.size();
  std::size_t capacity = std::max(kChunkBytes, size);
  std::size_t lines_end = 0;  // behind the last line feed
  for (;;) {
    if (chunk.bytes_.size() < capacity + LineChunk::kPadding) chunk.bytes_.resize(capacity + LineChunk::kPadding);
    char* const bytes = chunk.bytes_.data();
    std::size_t searched = size;
    if (!ahead_.empty()) {
      std::memcpy(bytes, ahead_.data(), ahead_.size());
      ahead_.clear();
      searched = 0;
    }
    if (size < capacity && !ended_ && !failure_) {
      auto count = source_->read({bytes + size, capacity - size});
      if (!count) {
        failure_ = count.error();
      } else {
        ended_ = *count == 0;
        size += *count;
      }
    }
    const void* const feed = ::memrchr(bytes + searched, '\n', size - searched);
    if (feed != nullptr) lines_end = static_cast<std::size_t>(static_cast<const char*>(feed) - bytes) + 1;
    if (ended_ || lines_end > 0 || failure_) break;
    if (size >= kMostBytes) return skip_long_line(chunk);
    if (size == capacity) capacity = std::min(capacity * 2, kMostBytes);
  }
  if (failure_ && lines_end == 0) return *failure_;
  chunk.end_ = ended_ ? size : lines_end;
  ahead_.assign(chunk.bytes_.data() + chunk.end_, size - chunk.end_);
  std::memset(chunk.bytes_.data() + chunk.end_, 0, LineChunk::kPadding);
  if (std::exchange(at_start_, false)) pass_over_mark(chunk);
  return chunk.begin_ < chunk.end_;
}

void LineChunks::pass_over_mark(LineChunk& chunk) {
  if (chunk.rest().starts_with(kByteOrderMark)) chunk.begin_ = kByteOrderMark.size();
}

/// The chunk's room is full of one line: its bytes are dropped up to its end, wherever that is.
Result<bool> LineChunks::skip_long_line(LineChunk& chunk) {
  at_start_ = false;
  chunk.too_long_ = true;
  for (;;) {
    auto count = source_->read({chunk.bytes_.data(), kChunkBytes});
    if (!count) return count.error();
    if (*count == 0) {
      ended_ = true;
      chunk.cut_off_ = true;
      return true;
    }
    const void* const feed = std::memchr(chunk.bytes_.data(), '\n', *count);
    if (feed == nullptr) continue;
    const char* const behind = static_cast<const char*>(feed) + 1;
    ahead_.assign(behind, static_cast<std::size_t>(chunk.bytes_.data() + *count - behind));
    return true;
  }
}

void LineChunks::give_back(std::string_view bytes) {
  ahead_.insert(0, bytes);
}

Result<std::size_t> LineChunks::read(std::span<char> buffer) {
  at_start_ = false;
  if (!ahead_.empty()) {
    const std::size_t count = std::min(buffer.size(), ahead_.size());
    std::memcpy(buffer.data(), ahead_.data(), count);
    ahead_.erase(0, count);
    return count;
  }
  if (failure_) return *failure_;
  if (ended_) return std::size_t{0};
  auto count = source_->read(buffer);
  if (count) ended_ = *count == 0;
  return count;
}

}  // namespace renown::io
