#include "base/encoding.h"

#include <array>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace renown::base {
namespace {

TEST(Hex, has_two_digits_a_byte) {
  EXPECT_EQ(hex({}), "");
  EXPECT_EQ(hex(std::array<unsigned char, 3>{0x00, 0x0a, 0xff}), "000aff");
}

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

TEST(Base64, writes_what_rfc_4648_says_with_padding) {
  for (const auto& [bytes, text] : {std::pair{"", ""},
                                    {"f", "Zg=="},
                                    {"fo", "Zm8="},
                                    {"foo", "Zm9v"},
                                    {"foob", "Zm9vYg=="},
                                    {"\xfb\xff", "+/8="}}) {
    EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  for (const char* text : {"Z", "Zg", "Zg=", "Zh==", "Zm9-", "Zm_v", "Zm9v "})
    EXPECT_EQ(from_base64(text), std::nullopt);
}

}  // namespace
}  // namespace renown::base
