/// What fuzz targets share: how a broken promise is shown, and sources that give their bytes in pieces.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "io/byte_source.h"

namespace renown::fuzz {

/// Ends the run, and so keeps the input, if a promise does not hold.
inline void check(bool holds, std::string_view promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(promise.size()), promise.data());
  std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Bytes in memory, never unpacked, given `piece` at a time.
class Pieces final : public io::ByteSource {
 public:
  Pieces(std::string_view bytes, std::size_t piece) : bytes_(bytes), piece_(piece) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min({buffer.size(), piece_, bytes_.size() - position_});
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(position_), count, buffer.begin());
    position_ += count;
    return count;
  }
  std::uint64_t bytes_read() const override { return position_; }

 private:
  std::string_view bytes_;
  std::size_t piece_;
  std::size_t position_ = 0;
};

inline std::unique_ptr<io::ByteSource> in_one_piece(std::string_view bytes) {
  return std::make_unique<Pieces>(bytes, bytes.size() + 1);
}

/// Byte by byte; a longer input in larger pieces, to keep the run quick.
inline std::unique_ptr<io::ByteSource> in_pieces(std::string_view bytes) {
  return std::make_unique<Pieces>(bytes, 1 + bytes.size() / 64);
}

}  // namespace renown::fuzz
