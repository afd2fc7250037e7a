/// Scans over bytes, sixteen at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace renown::base {

/// Bytes that a scan may read behind the one at which it stops.
inline constexpr std::size_t kScanPadding = 16;

/// The first byte from `at` on that is `one`, `two` or a control character (below 0x20). There must be one, and
/// kScanPadding readable bytes from it on: the caller's bytes end with a line feed or a NUL and padding.
inline const char* find_any(const char* at, char one, char two) {
#ifdef __SSE2__
  const __m128i ones = _mm_set1_epi8(one);
  const __m128i twos = _mm_set1_epi8(two);
  const __m128i last_control = _mm_set1_epi8(0x1f);
  for (;; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, last_control), bytes);
    const __m128i hit = _mm_or_si128(control, _mm_or_si128(_mm_cmpeq_epi8(bytes, ones), _mm_cmpeq_epi8(bytes, twos)));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hit));
    if (mask != 0) return at + std::countr_zero(mask);
  }
#else
  while (*at != one && *at != two && static_cast<unsigned char>(*at) >= 0x20) ++at;
  return at;
#endif
}

/// Whether `at` begins with `literal`, which holds no NUL. kScanPadding bytes can be read from both, and `at` ends with
/// a NUL.
inline bool begins_with(const char* at, const char* literal, std::size_t size) {
#ifdef __SSE2__
  const __m128i ours = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i wanted = _mm_loadu_si128(reinterpret_cast<const __m128i*>(literal));
  const auto equal = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(ours, wanted)));
  if (size < kScanPadding) return (~equal & ((1U << size) - 1)) == 0;
  return equal == 0xffff && std::strncmp(at + kScanPadding, literal + kScanPadding, size - kScanPadding) == 0;
#else
  return std::strncmp(at, literal, size) == 0;
#endif
}

}  // namespace renown::base
