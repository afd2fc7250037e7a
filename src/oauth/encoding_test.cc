#include "oauth/encoding.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace renown::oauth {
namespace {

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
