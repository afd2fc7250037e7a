#include "io/plain_text.h"

#include <string>

#include <gtest/gtest.h>

namespace renown::io {
namespace {

TEST(PlainText, every_byte_at_every_place_of_every_length) {
  for (std::size_t size = 1; size <= 50; ++size) {
    for (std::size_t place = 0; place < size; ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, 'a');
        text[place] = static_cast<char>(byte);
        const bool plain = byte >= 0x20 && byte < 0x7f && byte != ',' && byte != '"' && byte != '\\';
        ASSERT_EQ(is_plain(text), plain) << size << ' ' << place << ' ' << byte;
      }
    }
  }
}

TEST(PlainText, nothing_is_plain) {
  EXPECT_TRUE(is_plain(""));
  EXPECT_TRUE(is_plain({}));
}

}  // namespace
}  // namespace renown::io
