/// Plain text: what may stand in CSV and JSON as it is. Most texts of a log are, and are told so eight bytes at a time.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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
  const auto load = [](const char* at, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, size);
    return word;
  };
  const char* at = text.data();
  std::size_t size = text.size();
#ifdef __SSE2__
  for (; size >= 16; at += 16, size -= 16) {  // whole columns of texts
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const auto is = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
    const __m128i special = _mm_or_si128(_mm_or_si128(is(','), is('"')), _mm_or_si128(is('\\'), is(0x7f)));
    const __m128i printable = _mm_cmpgt_epi8(bytes, _mm_set1_epi8(0x1f));  // bytes from 0x80 on count as negative
    if (_mm_movemask_epi8(_mm_andnot_si128(special, printable)) != 0xffff) return false;
  }
#endif
  if (size >= 8) {
    const char* const last = at + size - 8;  // may overlap what came before it
    for (; at < last; at += 8) {
      if (!all_plain(load(at, 8))) return false;
    }
    return all_plain(load(last, 8));
  }
  if (size >= 4) return all_plain(load(at, 4) | load(at + size - 4, 4) << 32);
  std::uint64_t word = 'a' * kOnes;
  for (std::size_t i = 0; i < size; ++i) word = word << 8 | static_cast<unsigned char>(at[i]);
  return all_plain(word);
}

}  // namespace renown::io
