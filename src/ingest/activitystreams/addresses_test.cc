#include "ingest/activitystreams/addresses.h"

#include <gtest/gtest.h>

namespace renown::ingest::activitystreams {
namespace {

TEST(AuthorIn, reads_the_account_out_of_the_usual_addresses_and_no_others) {
  const std::vector<std::pair<std::string_view, std::string_view>> table = {
      {"https://a.example/users/bob/statuses/17", "https://a.example/users/bob"},
      {"https://a.example/users/bob/statuses/01HXYZ", "https://a.example/users/bob"},
      {"https://a.example/@bob/17", "https://a.example/users/bob"},
      {"", ""},
      {"https://", ""},
      {"https:///users/bob/statuses/1", ""},
      {"https://a.example", ""},
      {"https://a.example/users/bob", ""},
      {"https://a.example/users/bob/statuses/", ""},
      {"https://a.example/users//statuses/1", ""},
      {"https://a.example/users/bob/statuses/1/replies", ""},
      {"https://a.example/users/bob/outbox/1", ""},
      {"https://a.example/@bob", ""},
      {"https://a.example/@bob/", ""},
      {"https://a.example/@bob/about", ""},
      {"https://a.example/@bob@b.example/17", ""},  // how one server shows another's post
      {"https://a.example/@/17", ""},
      {"https://user@a.example/users/bob/statuses/1", ""},
      {"http://a.example/users/bob/statuses/1", ""},
      {"https://a.example/notes/9abc", ""},
      {"https://a.example/objects/6f4e", ""},
  };
  for (const auto& [address, author] : table) EXPECT_EQ(author_in(address), author) << address;
}

TEST(IsPersonal, neither_everybody_nor_followers) {
  EXPECT_TRUE(is_personal("https://a.example/users/bob"));
  for (const std::string_view other :
       {"", "https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public",
        "https://a.example/users/bob/followers", "https://a.example/users/bob/following"}) {
    EXPECT_FALSE(is_personal(other)) << other;
  }
}

}  // namespace
}  // namespace renown::ingest::activitystreams
