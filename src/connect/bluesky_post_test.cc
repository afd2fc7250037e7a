#include "connect/bluesky_post.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace renown::connect {
namespace {

TEST(BlueskyPost, is_cut_after_300_characters_and_never_inside_one) {
  for (const std::size_t characters : {0u, 1u, 299u, 300u, 301u, 3000u}) {
    std::string text;
    for (std::size_t i = 0; i < characters; ++i) text += "\xc3\xa4";
    io::JsonParser parser;
    const std::string document = fmt::format(R"({{"text":"{}"}})", text);
    const auto record = parser.parse(document);
    ASSERT_TRUE(record);
    EXPECT_EQ(bluesky_post("did:plc:ann", "k1", 7, *record).text, text.substr(0, 600)) << characters;
  }
  EXPECT_EQ(bluesky_post("did:plc:ann", "k1", 7, {}),
            (Post{"bluesky", "at://did:plc:ann/app.bsky.feed.post/k1", "did:plc:ann",
                  "https://bsky.app/profile/did:plc:ann/post/k1", 7, ""}));
}

TEST(BlueskyPost, key_in_an_address_of_its_own_alone) {
  EXPECT_EQ(key_in("at://did:plc:ann/c/k1", "did:plc:ann", "c"), "k1");
  for (const char* other : {"", "at://did:plc:bob/c/k1", "at://did:plc:ann/d/k1", "at://did:plc:ann/c",
                            "at://did:plc:ann/c/", "at://did:plc:ann/c/k1/x", "https://did:plc:ann/c/k1"}) {
    EXPECT_EQ(key_in(other, "did:plc:ann", "c"), "") << other;
  }
}

}  // namespace
}  // namespace renown::connect
