#include "ingest/archive/mended_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/utf8.h"

namespace renown::ingest::archive {
namespace {

/// As the exports write it: each byte as a character of its own.
std::string broken(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      result += c;
    } else {
      result += static_cast<char>(0xc0 | byte >> 6);
      result += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return result;
}

TEST(MendedText, what_was_broken_is_whole_again) {
  for (const std::string_view text : {"", "plain", "Bl\xc3\xa5", "\xe2\x9d\xa4", "a \xf0\x9f\x91\x8d b", "\xd0\x96"}) {
    EXPECT_EQ(mended_text(broken(text)), text);
  }
}

TEST(MendedText, what_was_not_broken_is_left_alone) {
  for (const std::string_view text :
       {"Bl\xc3\xa5", "caf\xc3\xa9 \xc3\xa9", "\xe2\x9d\xa4", "\xf0\x9f\x91\x8d", "\xd0\x96"}) {
    EXPECT_EQ(mended_text(text), text);
  }
}

TEST(MendedText, half_broken_is_left_alone) {
  EXPECT_EQ(mended_text("\xc3\x83 \xe2\x9d\xa4"), "\xc3\x83 \xe2\x9d\xa4");
}

RC_GTEST_PROP(MendedText, any_text_survives_being_broken, ()) {
  std::string text;
  for (const int letter : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0x80, 0x800))) {
    text += static_cast<char>(0xc0 | letter >> 6);
    text += static_cast<char>(0x80 | (letter & 0x3f));
  }
  RC_ASSERT(mended_text(broken(text)) == text);
  RC_ASSERT(base::is_utf8(mended_text(text)));
}

}  // namespace
}  // namespace renown::ingest::archive
