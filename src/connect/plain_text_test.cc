#include "connect/plain_text.h"

#include <gtest/gtest.h>

namespace renown::connect {
namespace {

TEST(PlainText, is_what_people_read) {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"", ""},
      {"<p></p>", ""},
      {"hi", "hi"},
      {"<p>one</p><p>two<br>three</p>", "one two three"},
      {R"(<p><a href="x">#<span>birds</span></a> &amp; trees</p>)", "#birds & trees"},
      {"a\n\t b", "a b"},
      {"1 &lt; 2 &#233; &unknown;", "1 < 2 \xC3\xA9 &unknown;"},
      {"a<script>alert(1)</script>b<STYLE>x</STYLE>c", "a b c"},
      {"a<script>never closed", "a"},
      {"a<never closed", "a"},
      {"&#0;&#10;x", "\xEF\xBF\xBD x"},
  };
  for (const auto& [html, text] : table) EXPECT_EQ(plain_text(html), text) << html;
}

TEST(PlainText, is_cut_between_characters) {
  EXPECT_EQ(plain_text("\xC3\xA9\xC3\xA9\xC3\xA9", 2), "\xC3\xA9\xC3\xA9");
  EXPECT_EQ(plain_text("abc", 3), "abc");
  EXPECT_EQ(plain_text("abc", 0), "");
}

}  // namespace
}  // namespace renown::connect
