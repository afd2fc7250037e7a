#include "http/chunks.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"

namespace renown::http {
namespace {

constexpr int kMaxDigits = 8;
constexpr int kMaxExtensionBytes = 256;  ///< of all chunks together: they cost us time and mean nothing

std::unexpected<Refusal> malformed(std::string_view what) {
  return std::unexpected(Refusal{400, fmt::format("the chunked body of the request is malformed: {}", what)});
}

}  // namespace

std::expected<void, Refusal> ChunkReader::end_size() {
  if (digits_ == 0) return malformed("a chunk has no size");
  if (left_ > max_bytes_ - held_) {
    return std::unexpected(
        Refusal{413, fmt::format("the body of the request is longer than {} bytes, the most taken here", max_bytes_)});
  }
  state_ = State::size_end;
  return {};
}

std::expected<void, Refusal> ChunkReader::take_one(char c) {
  switch (state_) {
    case State::size: {
      if (c == '\r') return end_size();
      if (c == ';' && digits_ > 0) {
        state_ = State::extension;
        return {};
      }
      const int digit = base::hex_value(c);
      if (digit < 0 || ++digits_ > kMaxDigits) return malformed("a size is not one to eight hexadecimal digits");
      left_ = left_ << 4 | static_cast<unsigned>(digit);
      return {};
    }
    case State::extension:
      if (c == '\r') return end_size();
      if (++extension_bytes_ > kMaxExtensionBytes) return malformed("its extensions are too long");
      if (static_cast<unsigned char>(c) < ' ' && c != '\t') return malformed("an extension holds control characters");
      return {};
    case State::size_end:
      if (c != '\n') return malformed("a size does not end in CR LF");
      state_ = left_ == 0 ? State::last : State::data;
      return {};
    case State::data_end:
      if (c != '\r') return malformed("a chunk is longer than its size");
      state_ = State::data_end_line;
      return {};
    case State::data_end_line:
      if (c != '\n') return malformed("a chunk does not end in CR LF");
      state_ = State::size;
      digits_ = 0;
      return {};
    case State::last:
      if (c != '\r') return malformed("it has trailers, which are not read here");
      state_ = State::last_line;
      return {};
    case State::last_line:
      if (c != '\n') return malformed("it does not end in CR LF");
      state_ = State::done;
      return {};
    case State::data:
    case State::done:
      break;
  }
  return {};
}

std::expected<std::size_t, Refusal> ChunkReader::take(std::string_view bytes, std::string& body) {
  std::size_t at = 0;
  while (at < bytes.size() && state_ != State::done) {
    if (state_ != State::data) {
      if (auto taken = take_one(bytes[at]); !taken) return std::unexpected(taken.error());
      ++at;
      continue;
    }
    const std::size_t count = std::min<std::uint64_t>(left_, bytes.size() - at);
    body.append(bytes, at, count);
    at += count;
    held_ += count;
    left_ -= count;
    if (left_ == 0) state_ = State::data_end;
  }
  return at;
}

}  // namespace renown::http
