#include "base/utf8.h"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace renown::base {
namespace {

struct Case {
  std::string text;
  std::optional<std::size_t> invalid_at;
};

class FindInvalidUtf8 : public ::testing::TestWithParam<Case> {};

TEST_P(FindInvalidUtf8, finds_the_first_bad_byte) {
  EXPECT_EQ(find_invalid_utf8(GetParam().text), GetParam().invalid_at);
  // Far behind, where whole words are read at once.
  const std::string behind = std::string(1003, 'x') + GetParam().text;
  EXPECT_EQ(find_invalid_utf8(behind).has_value(), GetParam().invalid_at.has_value());
  if (GetParam().invalid_at) {
    EXPECT_EQ(*find_invalid_utf8(behind), 1003 + *GetParam().invalid_at);
  }
}

INSTANTIATE_TEST_SUITE_P(table, FindInvalidUtf8,
                         ::testing::Values(Case{"", {}}, Case{"plain", {}}, Case{std::string("\0", 1), {}},
                                           Case{"\x7f", {}}, Case{"\x80", 0}, Case{"a\xc3\xa9", {}}, Case{"a\xc3", 1},
                                           Case{"a\xc3z", 1}, Case{"\xc0\x80", 0}, Case{"\xc1\xbf", 0},
                                           Case{"\xe0\x9f\xbf", 0}, Case{"\xe0\xa0\x80", {}}, Case{"\xed\x9f\xbf", {}},
                                           Case{"\xed\xa0\x80", 0}, Case{"\xee\x80\x80", {}}, Case{"\xef\xbf\xbf", {}},
                                           Case{"\xef\xbf", 0}, Case{"\xf0\x8f\xbf\xbf", 0},
                                           Case{"\xf0\x90\x80\x80", {}}, Case{"\xf4\x8f\xbf\xbf", {}},
                                           Case{"\xf4\x90\x80\x80", 0}, Case{"\xf0\x90\x80", 0},
                                           Case{"\xf5\x80\x80\x80", 0}, Case{"\xff", 0}, Case{"12345678\xff", 8}));

TEST(FindInvalidUtf8, the_slow_and_the_fast_way_agree) {
  rc::check([] {
    const auto text = *rc::gen::container<std::string>(
        rc::gen::element('a', '\x7f', '\x80', '\x8f', '\x90', '\x9f', '\xa0', '\xbf', '\xc2', '\xdf', '\xe0', '\xed',
                         '\xef', '\xf0', '\xf4', '\xf5', '\xff', '\xc1'));
    std::size_t at = 0;
    while (const std::size_t size = utf8_sequence_size(std::string_view(text).substr(at))) at += size;
    RC_ASSERT(find_invalid_utf8(text).value_or(text.size()) == at);
  });
}

}  // namespace
}  // namespace renown::base
