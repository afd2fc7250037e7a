#include "log/tombstone_key.h"

#include <gtest/gtest.h>

#include "log/test_vocabulary.h"

namespace renown::log {
namespace {

using test::test_key;

TEST(TombstoneKey, IsReadBackFromItsHexDigits) {
  const auto key = TombstoneKey::random();
  EXPECT_EQ(key.hex().size(), 64U);
  const auto again = TombstoneKey::from_hex(key.hex());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->hex(), key.hex());
  EXPECT_EQ(again->pseudonym("text"), key.pseudonym("text"));
}

TEST(TombstoneKey, IsAnotherEachTime) {
  EXPECT_NE(TombstoneKey::random().hex(), TombstoneKey::random().hex());
}

TEST(TombstoneKey, DerivesAnotherSecretForEachPurpose) {
  EXPECT_EQ(test_key().derived("a"), test_key().derived("a"));
  EXPECT_NE(test_key().derived("a"), test_key().derived("b"));
  EXPECT_NE(test_key(1).derived("a"), test_key(2).derived("a"));
}

TEST(TombstoneKey, RefusesWhatIsNoKey) {
  const std::string good = test_key().hex();
  for (const std::string& bad :
       {std::string(), good.substr(1), good + "0", "g" + good.substr(1), std::string(64, ' ')}) {
    EXPECT_FALSE(TombstoneKey::from_hex(bad)) << bad;
  }
}

TEST(TombstoneKey, HashesTellTheirPartsApart) {
  const auto key = test_key();
  EXPECT_NE(key.account_digest("ab", "c"), key.account_digest("a", "bc"));
  EXPECT_NE(key.account_digest("x", "Alice"), key.account_digest("x", "alice"));
  EXPECT_NE(key.account_digest("x", "alice"), key.account_digest("y", "alice"));
  EXPECT_EQ(key.account_digest("x", "alice").size(), 64U);
  EXPECT_NE(key.name_hash("alice"), key.name_hash("bob"));
}

TEST(TombstoneKey, HashesDependOnTheKey) {
  EXPECT_NE(test_key(1).account_digest("x", "alice"), test_key(2).account_digest("x", "alice"));
  EXPECT_NE(test_key(1).name_hash("alice"), test_key(2).name_hash("alice"));
  EXPECT_NE(test_key(1).pseudonym("alice"), test_key(2).pseudonym("alice"));
  EXPECT_NE(test_key(1).check(), test_key(2).check());
}

TEST(TombstoneKey, APseudonymIsOneWord) {
  const auto pseudonym = test_key().pseudonym("https://example.org/alice/1");
  EXPECT_EQ(pseudonym.size(), 38U);
  EXPECT_TRUE(pseudonym.starts_with("erased"));
  EXPECT_TRUE(std::ranges::all_of(pseudonym, [](unsigned char c) { return std::isalnum(c) != 0; }));
}

// Logs outlive programs: these must never change.
TEST(TombstoneKey, HashesAreThoseOfTheFileFormat) {
  const auto key = test_key();
  EXPECT_EQ(key.pseudonym("post"), "erasedbea15f07bca04ba6338ba626a686a535");
  EXPECT_EQ(key.account_digest("github", "alice"), "f35d4412f501bf2bf636d383e0bfb7b61e57a4a4f22744ca88fe3a3e2ff05b6b");
  EXPECT_EQ(fmt::format("{:016x}", key.name_hash("alice")), "33a6535439437194");
  EXPECT_EQ(key.check(), "c9e3ba89cd58d3abf1f3150819d5ea68");
}

}  // namespace
}  // namespace renown::log
