/// Scans over bytes, sixteen at a time.
#pragma once

#include <bit>
#include <cstddef>

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

/// The first byte from `at` on that is no digit, with the same bytes behind it.
inline const char* find_no_digit(const char* at) {
#ifdef __SSE2__
  for (;; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i above_zero = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
    const __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(above_zero, _mm_set1_epi8(9)), above_zero);
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(digit)) ^ 0xffff;
    if (mask != 0) return at + std::countr_zero(mask);
  }
#else
  while (*at >= '0' && *at <= '9') ++at;
  return at;
#endif
}

/// A bit for each of the sixteen bytes at `a` that is the same at `b`: of both, all sixteen can be read.
inline unsigned equal_of_sixteen(const char* a, const char* b) {
#ifdef __SSE2__
  const __m128i ours = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a));
  const __m128i theirs = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(ours, theirs)));
#else
  unsigned equal = 0;
  for (unsigned i = 0; i < 16; ++i) equal |= (a[i] == b[i] ? 1U : 0U) << i;
  return equal;
#endif
}

}  // namespace renown::base
