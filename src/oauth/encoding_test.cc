#include "oauth/encoding.h"

#include <array>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace renown::oauth {
namespace {

TEST(Base64Url, writes_what_rfc_4648_says_without_padding) {
  for (const auto& [bytes, text] :
       {std::pair{"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"foob", "Zm9vYg"}, {"\xfb\xff", "-_8"}}) {
    EXPECT_EQ(base64url(std::string_view(bytes)), text);
    EXPECT_EQ(from_base64url(text), bytes);
  }
}

TEST(Base64Url, reads_nothing_but_what_it_writes) {
  for (const char* text : {"Z", "Zg==", "Zh", "Zm9+", "Zm/v", "Zm9v ", "Zm9vY"})
    EXPECT_EQ(from_base64url(text), std::nullopt) << text;
  EXPECT_TRUE(rc::check([](const std::string& bytes) { RC_ASSERT(from_base64url(base64url(bytes)) == bytes); }));
}

TEST(Form, escapes_all_but_the_unreserved) {
  EXPECT_EQ(form({}), "");
  EXPECT_EQ(form({{"scope", "read:accounts profile"}, {"a~b", "\xc3\xa9&=+"}}),
            "scope=read%3Aaccounts%20profile&a~b=%C3%A9%26%3D%2B");
}

TEST(Form, is_read_back) {
  EXPECT_EQ(parse_form(""), Parameters{});
  EXPECT_EQ(parse_form("a=1&b&=x&&c=%41+b"), (Parameters{{"a", "1"}, {"b", ""}, {"", "x"}, {"c", "A b"}}));
  for (const char* cut : {"a=%", "a=%4", "a=%zz", "%4=1"}) EXPECT_EQ(parse_form(cut), std::nullopt) << cut;
  EXPECT_TRUE(rc::check([](const std::string& name, const std::string& value) {
    const Parameters parameters = {{"x", "y"}, {name, value}};
    RC_ASSERT(parse_form(form(parameters)) == parameters);
  }));
}

TEST(Form, a_repeated_parameter_is_none) {
  const Parameters parameters = {{"state", "1"}, {"code", "2"}, {"state", "1"}};
  EXPECT_EQ(only(parameters, "code"), "2");
  EXPECT_EQ(only(parameters, "state"), std::nullopt);
  EXPECT_EQ(only(parameters, "iss"), std::nullopt);
}

}  // namespace
}  // namespace renown::oauth
