#include "aggregate/string_table.h"

#include <algorithm>
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

// Names that whoever knew the seed would choose: they fill the first slots one after the other, so that each is looked
// for among all of them. Of another seed's table they fill all parts alike.
TEST(StringTable, is_not_crowded_by_names_that_were_chosen) {
  constexpr std::uint64_t kKnownSeed = 0;
  constexpr std::size_t kNames = 400;
  StringTable known(kKnownSeed);
  StringTable drawn;
  for (int i = 0; known.size() < kNames; ++i) {
    const std::string name = "user " + std::to_string(i);
    if (StringTable::tag_of(name, kKnownSeed) > 0xffffffff / 1000) continue;
    known.intern(name);
    drawn.intern(name);
  }
  const auto in_first_half = [](const StringTable& table) {
    const auto slots = table.parts().slots;
    const auto is_taken = [](const StringTable::Slot& slot) { return slot.number_plus_one != 0; };
    return static_cast<std::size_t>(std::ranges::count_if(slots.first(slots.size() / 2), is_taken));
  };
  EXPECT_EQ(in_first_half(known), kNames);
  EXPECT_NEAR(static_cast<double>(in_first_half(drawn)), kNames / 2.0, 80);  // eight standard deviations
}

TEST(StringTable, survives_growing) {
  StringTable table;
  for (std::uint32_t i = 0; i < 100'000; ++i) ASSERT_EQ(table.intern("account " + std::to_string(i)), i);
  for (std::uint32_t i = 0; i < 100'000; ++i) ASSERT_EQ(table.intern("account " + std::to_string(i)), i);
  EXPECT_EQ(table[99'999], "account 99999");
}

}  // namespace
}  // namespace renown::aggregate
