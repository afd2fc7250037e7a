#include "aggregate/string_table.h"

#include <map>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace renown::aggregate {
namespace {

TEST(StringTable, numbers_texts_by_first_sight) {
  StringTable table;
  EXPECT_EQ(table.size(), 0u);
  EXPECT_EQ(table.intern(""), 0u);
  EXPECT_EQ(table.intern("ada"), 1u);
  EXPECT_EQ(table.intern(""), 0u);
  EXPECT_EQ(table.intern("ada"), 1u);
  EXPECT_EQ(table[0], "");
  EXPECT_EQ(table[1], "ada");
  EXPECT_EQ(table.size(), 2u);
}

// The slow twin is a map.
TEST(StringTable, agrees_with_a_map) {
  EXPECT_TRUE(rc::check([](const std::vector<std::string>& texts) {
    StringTable table;
    std::map<std::string, std::uint32_t> twin;
    for (const std::string& text : texts) {
      const auto wanted = twin.try_emplace(text, static_cast<std::uint32_t>(twin.size())).first->second;
      RC_ASSERT(table.intern(text) == wanted);
    }
    for (const auto& [text, number] : twin) RC_ASSERT(table[number] == text);
  }));
}

TEST(StringTable, numbers_a_column_like_its_texts_one_by_one) {
  EXPECT_TRUE(rc::check([](std::vector<std::string> texts) {
    // Runs of equal texts, which stand for each other, and the empty one among them.
    for (std::size_t i = 0; i + 1 < texts.size(); i += 3) texts[i + 1] = texts[i];
    StringTable by_column;
    StringTable one_by_one;
    model::TextColumn column;
    std::vector<std::uint32_t> wanted;
    for (const std::string& text : texts) {
      column.push(text);
      wanted.push_back(one_by_one.intern(text));
    }
    std::vector<std::uint32_t> numbers;
    by_column.intern(column, numbers);
    RC_ASSERT(numbers == wanted);
    by_column.intern(column, numbers);
    RC_ASSERT(numbers == wanted);
  }));
}

TEST(StringTable, keeps_its_texts_under_other_numbers) {
  StringTable table;
  for (const char* text : {"b", "", "c", "a"}) table.intern(text);
  table.renumber(std::vector<std::uint32_t>{1, 3, 0, 2}, std::vector<std::uint32_t>{2, 0, 3, 1});
  EXPECT_EQ(table.size(), 4u);
  const char* expected[] = {"", "a", "b", "c"};
  for (std::uint32_t number = 0; number < 4; ++number) {
    EXPECT_EQ(table[number], expected[number]);
    EXPECT_EQ(table.intern(expected[number]), number);
  }
  EXPECT_EQ(table.intern("d"), 4u);
}

TEST(StringTable, survives_growing) {
  StringTable table;
  for (std::uint32_t i = 0; i < 100'000; ++i) ASSERT_EQ(table.intern("account " + std::to_string(i)), i);
  for (std::uint32_t i = 0; i < 100'000; ++i) ASSERT_EQ(table.intern("account " + std::to_string(i)), i);
  EXPECT_EQ(table[99'999], "account 99999");
}

}  // namespace
}  // namespace renown::aggregate
