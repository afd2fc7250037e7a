#include "net/destination.h"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "net/hostile_urls.h"

namespace renown::net {
namespace {

TEST(Destination, is_never_one_of_the_hostile_urls) {
  int asked = 0;
  for (const std::string& url : test::hostile_urls(8443)) {
    EXPECT_FALSE(check_destination(url, {})) << url;
    // A stranger would write https, for http is refused whatever the host.
    if (url.starts_with("http://")) {
      EXPECT_FALSE(check_destination("https://" + url.substr(7), {})) << url;
      ++asked;
    }
  }
  EXPECT_GE(asked, 200);
}

TEST(Destination, needs_https) {
  const auto refused = check_destination("http://93.184.215.14/hook?token=secret", {});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("must begin with https"), std::string::npos) << refused.error().message;
  EXPECT_EQ(refused.error().message.find("secret"), std::string::npos);
}

TEST(Destination, is_any_ordinary_address) {
  const auto url = check_destination("HTTPS://93.184.215.14:443/hook", {});
  ASSERT_TRUE(url) << url.error().message;
  EXPECT_EQ(url->text(), "https://93.184.215.14/hook");
  EXPECT_TRUE(check_destination("https://[2606:4700::1111]/", {}));
}

TEST(Destination, is_what_the_operator_allowed_by_name_and_nothing_beside_it) {
  const AddressGuard guard = *AddressGuard::allowing({"127.0.0.1:8443", "hooks.internal:443"});
  EXPECT_TRUE(check_destination("http://127.0.0.1:8443/", guard));
  EXPECT_TRUE(check_destination("https://hooks.internal/", guard)) << "without asking for its address";
  EXPECT_FALSE(check_destination("http://127.0.0.1:8444/", guard));
  EXPECT_FALSE(check_destination("https://127.0.0.2:8443/", guard));
  EXPECT_FALSE(check_destination("ws://127.0.0.1:8443/", guard)) << "nothing but http is sent";
}

TEST(Destination, that_has_no_address_is_none) {
  const auto refused = check_destination("https://nowhere.invalid/", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::bad_input);
}

}  // namespace
}  // namespace renown::net
