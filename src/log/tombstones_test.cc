#include "log/tombstones.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "log/test_vocabulary.h"

namespace renown::log {
namespace {

using test::Row;
using test::test_key;

Tombstones with(const std::vector<std::string>& accounts, const std::string& network = "x") {
  Tombstones tombstones(test_key());
  for (const std::string& account : accounts) tombstones.add(tombstones.make(network, account));
  return tombstones;
}

std::string cleaned_post(const Tombstones& tombstones, std::string_view post) {
  Interaction row = {1, Kind::like, "x", "bob", "carol", post, "", ""};
  std::vector<std::string> room;
  tombstones.clean(row, room);
  return std::string(row.post);
}

TEST(Tombstones, ATextNamesAnAccount) {
  struct Case {
    std::string account, text;
    bool wanted;
  };
  const Case cases[] = {
      {"alice", "", false},
      {"alice", "alic", false},
      {"alice", "alice", true},
      {"alice", "Alice", true},
      {"Alice", "aLICE", true},
      {"alice", "https://example.org/alice/7", true},
      {"alice", "https://example.org/@alice", true},
      {"alice", "alice?x=1", true},
      {"alice", "malice", false},
      {"alice", "alice7", false},
      {"alice", "7alice", false},
      {"alice", "malice/alice", true},  // the second place counts
      {"alice", "alicealice", false},
      {"alice", "alice-smith", true},  // errs on the side of erasing
      {"alice", "alice_smith", true},
      {"alice", "a.l.i.c.e", false},
      {"a", "b/a", true},
      {"alice-b", "alice-b/repo", true},
      {"alice-b", "alice-bc/repo", false},
      {"alice-b", "alice", false},
      {"@alice@example.org", "to @alice@example.org", true},
      {"@alice@example.org", "x@alice@example.org", true},  // '@' ends the run of letters before it
      {"did:plc:abc123", "at://did:plc:abc123/app.bsky.feed.post/3k", true},
      {"did:plc:abc123", "at://did:plc:abc1234/app.bsky.feed.post/3k", false},
      {"山田", "https://example.org/山田/1", true},
      {"山田", "山田さん", true},  // no edges outside of ASCII
      {"ller", "Müller", true},
      {"42", "post 42", true},
      {"42", "post 421", false},
      {"a b", "x a b y", true},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(cleaned_post(with({each.account}), each.text) != each.text, each.wanted)
        << each.account << " in " << each.text;
  }
}

TEST(Tombstones, AnotherNetworksAccountIsAnother) {
  const auto tombstones = with({"alice"}, "y");
  EXPECT_FALSE(tombstones.erased({1, Kind::like, "x", "alice", "bob", "", "", ""}));
  EXPECT_TRUE(tombstones.erased({1, Kind::like, "y", "alice", "bob", "", "", ""}));
  EXPECT_EQ(cleaned_post(tombstones, "alice"), "alice");
}

TEST(Tombstones, AccountsAreTheirExactBytes) {
  const auto tombstones = with({"alice"});
  EXPECT_TRUE(tombstones.erased({1, Kind::like, "x", "bob", "alice", "", "", ""}));
  EXPECT_FALSE(tombstones.erased({1, Kind::like, "x", "bob", "Alice", "", "", ""}));
  EXPECT_FALSE(tombstones.erased({1, Kind::like, "x", "bob", "", "", "", ""}));
}

TEST(Tombstones, CleansFieldByFieldAndTagByTag) {
  const auto tombstones = with({"alice"});
  Interaction row = {1, Kind::like, "x", "bob", "carol", "alice/1", "id-alice", "music @alice  jazz"};
  std::vector<std::string> room;
  EXPECT_TRUE(tombstones.clean(row, room));
  const auto key = test_key();
  EXPECT_EQ(row.post, key.pseudonym("alice/1"));
  EXPECT_EQ(row.id, key.pseudonym("id-alice"));
  EXPECT_EQ(row.tags, "music " + key.pseudonym("@alice") + "  jazz");
  EXPECT_EQ(row.actor, "bob");

  Interaction other = {1, Kind::like, "x", "bob", "carol", "post", "id", "music jazz"};
  EXPECT_FALSE(tombstones.clean(other, room));
  EXPECT_EQ(other, (Interaction{1, Kind::like, "x", "bob", "carol", "post", "id", "music jazz"}));
}

TEST(Tombstones, ANameWithABlankTakesAllTags) {
  const auto tombstones = with({"jean paul"});
  Interaction row = {1, Kind::like, "x", "bob", "carol", "", "", "music jean paul jazz"};
  std::vector<std::string> room;
  EXPECT_TRUE(tombstones.clean(row, room));
  EXPECT_EQ(row.tags, test_key().pseudonym("music jean paul jazz"));
}

TEST(Tombstones, CleansFileNamesOfAnyNetwork) {
  const auto tombstones = with({"alice"}, "y");
  EXPECT_EQ(tombstones.clean_name("archive-of-alice.zip"), test_key().pseudonym("archive-of-alice.zip"));
  EXPECT_EQ(tombstones.clean_name("archive.zip"), "archive.zip");
}

TEST(Tombstones, APseudonymNamesNobody) {
  const auto tombstones = with({"erased", "post", "e"});
  const std::string once = cleaned_post(tombstones, "some/post");
  EXPECT_NE(once, "some/post");
  EXPECT_EQ(cleaned_post(tombstones, once), once);
}

// The slow obvious twin: look at every place where the name stands, knowing the name.
bool names_slowly(std::string_view text, std::string_view account) {
  const auto lower = [](std::string_view mixed) {
    std::string room;
    fold(mixed, room);
    return room;
  };
  const std::string hay = lower(text), needle = lower(account);
  const auto is_word = [&](std::size_t at) {
    return at < hay.size() && std::isalnum(static_cast<unsigned char>(hay[at])) != 0;
  };
  for (auto at = hay.find(needle); at != std::string::npos; at = hay.find(needle, at + 1)) {
    const std::size_t end = at + needle.size();
    const bool cut_before = at > 0 && is_word(at - 1) && is_word(at);
    const bool cut_after = is_word(end) && is_word(end - 1);
    if (!cut_before && !cut_after) return true;
  }
  return false;
}

TEST(TombstonesProperty, TheHashedSearchFindsWhatTheSlowOneFinds) {
  rc::check([] {
    const auto letters = rc::gen::container<std::string>(rc::gen::element('a', 'b', 'A', '-', '/', '1'));
    const auto accounts = *rc::gen::container<std::vector<std::string>>(rc::gen::nonEmpty(letters));
    const auto text = *letters;
    const bool wanted = std::ranges::any_of(accounts, [&](const auto& account) { return names_slowly(text, account); });
    RC_ASSERT((cleaned_post(with(accounts), text) != text) == wanted);
  });
}

}  // namespace
}  // namespace renown::log
