#include "ingest/stackexchange/post_index.h"

#include <map>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace renown::ingest::stackexchange {
namespace {

TEST(TextTable, numbers_texts_in_order_of_first_appearance) {
  TextTable table;
  EXPECT_FALSE(table.find("a"));
  EXPECT_EQ(table.intern("a"), 0);
  EXPECT_EQ(table.intern(""), 1);
  EXPECT_EQ(table.intern("a"), 0);
  EXPECT_EQ(table.find(""), 1);
  EXPECT_EQ(table[0], "a");
  EXPECT_EQ(table[1], "");
}

TEST(TextTable, agrees_with_a_map) {
  rc::check([](const std::vector<std::string>& texts) {
    TextTable table;
    std::map<std::string, TextTable::Number> map;
    for (const std::string& text : texts) {
      const auto number = map.emplace(text, map.size()).first->second;
      RC_ASSERT(table.intern(text) == number);
    }
    RC_ASSERT(table.size() == map.size());
    for (const auto& [text, number] : map) RC_ASSERT(table[number] == text && table.find(text) == number);
  });
}

TEST(TextTable, keeps_100_000_texts_apart) {
  TextTable table;
  for (int i = 0; i < 100'000; ++i) table.intern(std::to_string(i));
  EXPECT_EQ(table.size(), 100'000);
  EXPECT_EQ(table[*table.find("99999")], "99999");
  EXPECT_FALSE(table.find("100000"));
}

TEST(PostIndex, an_answer_has_the_tags_of_its_question) {
  PostIndex index;
  index.add("1", "alice", "", "bicycle wheel");
  index.add("2", "bob", "1", "");
  const auto answer = index.find("2");
  EXPECT_TRUE(answer.known);
  EXPECT_EQ(answer.id, "2");
  EXPECT_EQ(answer.owner, "bob");
  EXPECT_EQ(answer.parent, "1");
  EXPECT_EQ(answer.tags, "bicycle wheel");
}

TEST(PostIndex, a_question_may_come_after_its_answer) {
  PostIndex index;
  index.add("2", "bob", "7", "");
  EXPECT_FALSE(index.find("7").known);
  EXPECT_EQ(index.find("2").tags, "");
  index.add("7", "alice", "", "wheel");
  EXPECT_EQ(index.find("2").tags, "wheel");
  EXPECT_EQ(index.find("7").owner, "alice");
}

TEST(PostIndex, knows_who_was_deleted_from_what_was_never_there) {
  PostIndex index;
  index.add("1", "", "", "");
  EXPECT_TRUE(index.find("1").known);
  EXPECT_TRUE(index.find("1").owner.empty());
  EXPECT_FALSE(index.find("2").known);
}

}  // namespace
}  // namespace renown::ingest::stackexchange
