#include "duck/utf8.h"

#include <string>

#include <gtest/gtest.h>

namespace renown::duck {
namespace {

using namespace std::string_view_literals;

TEST(IsUtf8, Table) {
  struct Case {
    std::string_view bytes;
    bool wanted;
  };
  const Case cases[] = {
      {"", true},
      {"plain ASCII of more than eight bytes", true},
      {"a\0b"sv, true},
      {"\x7F", true},
      {"\x80", false},          // continuation alone
      {"\xC2\x80", true},       // first of two bytes
      {"\xC1\xBF", false},      // overlong
      {"\xC0\x80", false},      // overlong NUL
      {"\xDF\xBF", true},       // last of two bytes
      {"\xE0\xA0\x80", true},   // first of three bytes
      {"\xE0\x9F\xBF", false},  // overlong
      {"\xED\x9F\xBF", true},   // last before the surrogates
      {"\xED\xA0\x80", false},  // first surrogate
      {"\xED\xBF\xBF", false},  // last surrogate
      {"\xEE\x80\x80", true},
      {"\xEF\xBF\xBF", true},
      {"\xF0\x90\x80\x80", true},
      {"\xF0\x8F\xBF\xBF", false},  // overlong
      {"\xF4\x8F\xBF\xBF", true},   // U+10FFFF
      {"\xF4\x90\x80\x80", false},  // past it
      {"\xF5\x80\x80\x80", false},
      {"\xFF", false},
      {"\xC3", false},  // cut off
      {"\xE2\x82", false},
      {"\xF0\x9F\x98", false},
      {"\xE2\x28\xA1", false},
      {"seven b\xF0\x9F\x98\x80 and more", true},
      {"seven b\xF0\x9F\x98 and more", false},
      {"caf\xE9 in Latin-1", false},
  };
  for (const Case& each : cases) EXPECT_EQ(is_utf8(each.bytes), each.wanted) << each.bytes;
}

}  // namespace
}  // namespace renown::duck
