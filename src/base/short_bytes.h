/// Comparing and copying texts of a few bytes, without a call: those of a log are seldom longer than twenty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace renown::base {

namespace internal {

inline constexpr std::size_t kShortBytes = 64;  ///< what is longer is left to the C library

template <class Word>
Word word_at(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

template <class Word>
void copy_word(char* to, const char* from) {
  std::memcpy(to, from, sizeof(Word));
}

}  // namespace internal

/// Whether `size` bytes are the same. Whole words, the last of which may overlap the one before: nothing outside is
/// read.
inline bool equal_bytes(const char* a, const char* b, std::size_t size) {
  using internal::word_at;
  if (size > internal::kShortBytes) return std::memcmp(a, b, size) == 0;
  if (size >= 8) {
    for (std::size_t at = 0; at + 8 < size; at += 8) {
      if (word_at<std::uint64_t>(a + at) != word_at<std::uint64_t>(b + at)) return false;
    }
    return word_at<std::uint64_t>(a + size - 8) == word_at<std::uint64_t>(b + size - 8);
  }
  if (size >= 4) {
    return word_at<std::uint32_t>(a) == word_at<std::uint32_t>(b) &&
           word_at<std::uint32_t>(a + size - 4) == word_at<std::uint32_t>(b + size - 4);
  }
  return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
}

/// Copies `size` bytes in the same way; the two places must not overlap.
inline void copy_bytes(char* to, const char* from, std::size_t size) {
  using internal::copy_word;
  if (size > internal::kShortBytes) {
    std::memcpy(to, from, size);
  } else if (size >= 8) {
    for (std::size_t at = 0; at + 8 < size; at += 8) copy_word<std::uint64_t>(to + at, from + at);
    copy_word<std::uint64_t>(to + size - 8, from + size - 8);
  } else if (size >= 4) {
    copy_word<std::uint32_t>(to, from);
    copy_word<std::uint32_t>(to + size - 4, from + size - 4);
  } else if (size > 0) {
    to[0] = from[0];
    to[size / 2] = from[size / 2];
    to[size - 1] = from[size - 1];
  }
}

}  // namespace renown::base
