#include "score/card_table.h"

#include <map>

#include <gtest/gtest.h>

namespace renown::score {
namespace {

constexpr aggregate::PersonId kPersons = 200;

bool same(const CardNumbers& a, const CardNumbers& b) {
  return a.raw == b.raw && a.vouched == b.vouched && a.amplification == b.amplification &&
         a.half_width == b.half_width && a.interactions == b.interactions && a.reach == b.reach;
}

/// Everybody has what was put, before and after packing; all others have nothing.
void expect(const std::map<aggregate::PersonId, CardNumbers>& wanted) {
  base::RankedSet persons(kPersons);
  for (const auto& [person, numbers] : wanted) persons.add(person);
  persons.finish();
  CardTable cards(std::move(persons));
  EXPECT_EQ(cards.size(), wanted.size());
  for (const auto& [person, numbers] : wanted) cards.put(person, numbers);
  const auto wanted_of = [&](aggregate::PersonId person) {
    return wanted.contains(person) ? wanted.at(person) : CardNumbers{};
  };
  for (aggregate::PersonId person = 0; person < kPersons; ++person)
    EXPECT_TRUE(same(cards[person], wanted_of(person))) << person;
  const PackedCards packed(std::move(cards));
  for (aggregate::PersonId person = 0; person < kPersons; ++person)
    EXPECT_TRUE(same(packed[person], wanted_of(person))) << person;
}

TEST(CardTable, keeps_what_was_put) {
  expect({});
  expect({{0, {}}});
  expect(
      {{0, {.raw = 1.5, .interactions = 2, .reach = 2}},
       {63, {.raw = 9.5, .vouched = 4.25, .amplification = 3.5, .half_width = 2.125, .interactions = 12, .reach = 9}},
       {64, {.raw = 0.5, .half_width = 1.0, .interactions = 1, .reach = 1}},
       {199, {.raw = 2.5, .vouched = 2.5, .interactions = 7, .reach = 3}}});
}

TEST(CardTable, counts_more_interactions_than_32_bits_hold) {
  expect({{3, {.raw = 1.0, .interactions = 0xffff'ffff, .reach = 1}},
          {4, {.raw = 2.0, .interactions = 0x1'0000'0000, .reach = 2}},
          {5, {.raw = 3.0, .interactions = 1, .reach = 1}}});
}

}  // namespace
}  // namespace renown::score
