#include "oauth/p256_key.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace renown::oauth {
namespace {

std::string bytes(std::string_view text) {
  return *base::from_base64url(text);
}

// RFC 8291, appendix A: the keys of both sides and what they share.
const std::string kServerNumber = bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
const std::string kServerPoint =
    bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
const std::string kBrowserNumber = bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
const std::string kBrowserPoint =
    bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
const std::string kShared = bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");

TEST(P256Key, of_a_private_number_has_the_point_that_belongs_to_it) {
  EXPECT_EQ(P256Key::from_number(kServerNumber)->point(), kServerPoint);
  EXPECT_EQ(P256Key::from_number(kBrowserNumber)->point(), kBrowserPoint);
}

TEST(P256Key, shares_one_secret_with_the_other_side) {
  EXPECT_EQ(*P256Key::from_number(kServerNumber)->shared_secret(kBrowserPoint), kShared);
  EXPECT_EQ(*P256Key::from_number(kBrowserNumber)->shared_secret(kServerPoint), kShared);
}

TEST(P256Key, shares_nothing_with_what_is_no_point_of_the_curve) {
  const P256Key key = P256Key::generate();
  std::string off_the_curve = kBrowserPoint;
  off_the_curve[64] = static_cast<char>(off_the_curve[64] ^ 1);
  std::string compressed = kBrowserPoint.substr(0, 33);
  compressed[0] = 2;
  for (const std::string& point :
       {std::string(), std::string(65, '\0'), std::string(1, '\0'), off_the_curve, compressed,
        kBrowserPoint.substr(0, 64), kBrowserPoint + "x", "\x04" + std::string(64, '\xff')})
    EXPECT_FALSE(key.shared_secret(point)) << point.size();
}

TEST(P256Key, of_what_is_no_private_number_is_an_error) {
  const std::string order = "\xff\xff\xff\xff" + std::string(4, '\0') + std::string(8, '\xff') +
                            std::string("\xbc\xe6\xfa\xad\xa7\x17\x9e\x84\xf3\xb9\xca\xc2\xfc\x63\x25\x51", 16);
  for (const std::string& number : {std::string(), std::string(32, '\0'), std::string(31, 'x'), std::string(33, 'x'),
                                    std::string(32, '\xff'), order})
    EXPECT_FALSE(P256Key::from_number(number)) << number.size();
}

TEST(P256Key, is_kept_as_text) {
  const P256Key key = P256Key::generate();
  EXPECT_EQ(P256Key::from_text(key.text())->point(), key.point());
  EXPECT_FALSE(P256Key::from_text(""));
  EXPECT_FALSE(P256Key::from_text(key.text().substr(1)));
  EXPECT_EQ(key.sign("text").size(), 64U);
}

}  // namespace
}  // namespace renown::oauth
