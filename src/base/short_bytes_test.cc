#include "base/short_bytes.h"

#include <string>

#include <gtest/gtest.h>

namespace renown::base {
namespace {

constexpr std::size_t kLongest = 80;  // beyond what is done without a call

std::string text_of(std::size_t size) {
  std::string text(size, ' ');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i % 23);
  return text;
}

TEST(ShortBytes, finds_texts_of_any_length_equal) {
  for (std::size_t size = 0; size <= kLongest; ++size) {
    const std::string a = text_of(size), b = text_of(size);
    EXPECT_TRUE(equal_bytes(a.data(), b.data(), size)) << size;
  }
}

TEST(ShortBytes, sees_a_difference_in_any_byte) {
  for (std::size_t size = 1; size <= kLongest; ++size) {
    const std::string a = text_of(size);
    for (std::size_t i = 0; i < size; ++i) {
      std::string b = a;
      b[i] = static_cast<char>(b[i] ^ 1);
      EXPECT_FALSE(equal_bytes(a.data(), b.data(), size)) << "byte " << i << " of " << size;
    }
  }
}

TEST(ShortBytes, copies_every_byte_and_none_beside) {
  for (std::size_t size = 0; size <= kLongest; ++size) {
    const std::string from = text_of(size);
    std::string to(size + 2, '#');
    copy_bytes(to.data() + 1, from.data(), size);
    EXPECT_EQ(to, '#' + from + '#');
  }
}

}  // namespace
}  // namespace renown::base
