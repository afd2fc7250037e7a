#include "base/text.h"

#include <gtest/gtest.h>

namespace renown::base {
namespace {

TEST(SplitWords, gives_the_parts_between_blanks) {
  EXPECT_TRUE(split_words("").empty());
  EXPECT_TRUE(split_words("   ").empty());
  EXPECT_EQ(split_words("one"), std::vector<std::string_view>{"one"});
  EXPECT_EQ(split_words(" one  two "), (std::vector<std::string_view>{"one", "two"}));
}

TEST(Printable, shows_what_would_act_on_a_terminal) {
  EXPECT_EQ(printable("hazel"), "hazel");
  EXPECT_EQ(printable("h\xc3\xa4zel \xf0\x9f\x8c\xb0"), "h\xc3\xa4zel \xf0\x9f\x8c\xb0");
  EXPECT_EQ(printable("a\x1b[31mb\n"), "a\\x1b[31mb\\x0a");
  EXPECT_EQ(printable("a\xe2\x80\xae"
                      "b"),
            "a\\u202eb");  // right-to-left override
  EXPECT_EQ(printable("a\xff"
                      "b"),
            "a\xef\xbf\xbd"
            "b");
}

TEST(DisplayWidth, counts_columns_not_bytes) {
  EXPECT_EQ(display_width(""), 0u);
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("\xc3\xa4"), 1u);
  EXPECT_EQ(display_width("\xe6\xbc\xa2"), 2u);  // a wide character
  EXPECT_EQ(display_width("e\xcc\x81"), 1u);     // a combining accent
}

TEST(Shorten, never_exceeds_its_columns) {
  EXPECT_EQ(shorten("hazel", 5), "hazel");
  EXPECT_EQ(shorten("hazelnut", 5), "haze\xe2\x80\xa6");
  for (std::size_t columns = 1; columns < 8; ++columns) {
    EXPECT_LE(display_width(shorten("\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2", columns)),
              std::max<std::size_t>(columns, 1));
  }
}

}  // namespace
}  // namespace renown::base
