#include "duck/utf8.h"

#include <cstdint>
#include <cstring>

namespace renown::duck {
namespace {

using Byte = unsigned char;

bool is_continuation(Byte byte) {
  return (byte & 0xC0) == 0x80;
}

/// Length of the well-formed sequence at `at`, which begins with a byte >= 0x80; 0 if it is malformed.
std::size_t sequence_length(const Byte* at, std::size_t left) {
  const Byte lead = at[0];
  if (lead >= 0xC2 && lead <= 0xDF) return left >= 2 && is_continuation(at[1]) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (left < 3 || !is_continuation(at[1]) || !is_continuation(at[2])) return 0;
    if (lead == 0xE0 && at[1] < 0xA0) return 0;   // overlong
    if (lead == 0xED && at[1] >= 0xA0) return 0;  // surrogate
    return 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (left < 4 || !is_continuation(at[1]) || !is_continuation(at[2]) || !is_continuation(at[3])) return 0;
    if (lead == 0xF0 && at[1] < 0x90) return 0;   // overlong
    if (lead == 0xF4 && at[1] >= 0x90) return 0;  // past U+10FFFF
    return 4;
  }
  return 0;
}

/// Bytes of ASCII at the front, eight at a time.
std::size_t ascii_prefix(const Byte* at, std::size_t left) {
  std::size_t length = 0;
  for (; length + 8 <= left; length += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at + length, 8);
    if ((word & 0x8080808080808080ULL) != 0) break;
  }
  while (length < left && at[length] < 0x80) ++length;
  return length;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  const auto* at = reinterpret_cast<const Byte*>(bytes.data());
  std::size_t left = bytes.size();
  while (left > 0) {
    std::size_t length = ascii_prefix(at, left);
    if (length == 0) length = sequence_length(at, left);
    if (length == 0) return false;
    at += length;
    left -= length;
  }
  return true;
}

}  // namespace renown::duck
