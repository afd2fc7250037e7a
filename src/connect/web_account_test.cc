#include "connect/web_account.h"

#include <gtest/gtest.h>

namespace renown::connect {
namespace {

TEST(WebAccount, one_spelling_of_each_address) {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"https://ada.example", "ada.example"},
      {"http://Ada.Example/", "ada.example"},
      {"https://forge.example/ada/", "forge.example/ada"},
      {"http://blog.example:8088/x?y=1#z", "blog.example:8088/x?y=1"},
      {"", ""},
      {"ada.example", ""},
      {"mailto:ada@ada.example", ""},
      {"javascript:alert(1)", ""},
      {"https://u:p@ada.example", ""}};
  for (const auto& [address, account] : table) EXPECT_EQ(web_account(address), account) << address;
  EXPECT_EQ(web_site("https://forge.example/ada/"), "forge.example");
  EXPECT_EQ(web_site("x"), "");
}

TEST(WebAccount, pages_of_a_site) {
  EXPECT_TRUE(is_of_site("ada.example", "ada.example"));
  EXPECT_TRUE(is_of_site("ada.example/about", "ada.example"));
  EXPECT_FALSE(is_of_site("ada.example.net", "ada.example"));
  EXPECT_FALSE(is_of_site("bob.example", "ada.example"));
}

}  // namespace
}  // namespace renown::connect
