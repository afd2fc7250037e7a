/// ChunkReader: a body in chunks (RFC 9112 section 7.1), read as its bytes come.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "http/refusal.h"

namespace renown::http {

/// Sizes are one to eight hexadecimal digits; extensions are read over; trailers are refused, for nothing here has a
/// use for them. Lines end in CR LF.
class ChunkReader {
 public:
  explicit ChunkReader(std::uint64_t max_bytes) : max_bytes_(max_bytes) {}

  /// Takes as much of `bytes` as belongs to the body and appends what the chunks hold to `body`.
  ///
  /// returns  how many bytes were taken: fewer than there are only at the end of the body
  /// errors   400 for what is not a body in chunks, 413 as soon as a chunk begins that makes it longer than max_bytes
  std::expected<std::size_t, Refusal> take(std::string_view bytes, std::string& body);

  bool is_done() const { return state_ == State::done; }

 private:
  enum class State { size, extension, size_end, data, data_end, data_end_line, last, last_line, done };

  std::expected<void, Refusal> take_one(char c);
  std::expected<void, Refusal> end_size();

  std::uint64_t max_bytes_, held_ = 0, left_ = 0;
  int digits_ = 0, extension_bytes_ = 0;
  State state_ = State::size;
};

}  // namespace renown::http
