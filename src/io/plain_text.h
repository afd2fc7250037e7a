/// Plain text: what may stand in CSV and JSON as it is. Most texts of a log are plain, and told so eight bytes at a time.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace renown::io {

/// Whether every byte is printable ASCII other than comma, quote and backslash.
inline bool is_plain(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  const auto has_zero = [](std::uint64_t word) { return (word - kOnes) & ~word & kHighs; };
  const auto all_plain = [&](std::uint64_t word) {
    const std::uint64_t control = (word - 0x20 * kOnes) & ~word;
    const std::uint64_t special = has_zero(word ^ (',' * kOnes)) | has_zero(word ^ ('"' * kOnes)) |
                                  has_zero(word ^ ('\\' * kOnes)) | has_zero(word ^ (0x7f * kOnes));
    return (((word | control) & kHighs) | special) == 0;
  };
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t word = 0;
  for (; left >= sizeof word; at += sizeof word, left -= sizeof word) {
    std::memcpy(&word, at, sizeof word);
    if (!all_plain(word)) return false;
  }
  word = 'a' * kOnes;  // the rest, filled up
  for (std::size_t i = 0; i < left; ++i) word = word << 8 | static_cast<unsigned char>(at[i]);
  return all_plain(word);
}

}  // namespace renown::io
