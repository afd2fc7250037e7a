#include "attack/draws.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace renown::attack {
namespace {

TEST(Draws, are_the_same_for_the_same_seed_purpose_and_key_and_no_other) {
  EXPECT_EQ(Draws(1, "a", "b").bits(), Draws(1, "a", "b").bits());
  const std::set<std::uint64_t> all = {Draws(1, "a", "b").bits(), Draws(2, "a", "b").bits(), Draws(1, "b", "a").bits(),
                                       Draws(1, "a", "").bits(),  Draws(0, "", "").bits(),   Draws(1, "", "b").bits()};
  EXPECT_EQ(all.size(), 6u);
}

TEST(Draws, stay_below_the_end_and_reach_every_number) {
  Draws draws(1, "test", "");
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(draws.below(7));
  EXPECT_EQ(seen.size(), 7u);
  EXPECT_EQ(*seen.rbegin(), 6u);
  EXPECT_EQ(draws.below(1), 0u);
}

TEST(Draws, units_are_even) {
  Draws draws(1, "test", "");
  double sum = 0.0;
  for (int i = 0; i < 10'000; ++i) {
    const double unit = draws.unit();
    ASSERT_GE(unit, 0.0);
    ASSERT_LT(unit, 1.0);
    sum += unit;
  }
  EXPECT_NEAR(sum / 10'000, 0.5, 5 * 0.0029);  // five standard errors
}

TEST(Draws, shuffling_keeps_everything_and_moves_most) {
  std::vector<int> items(100);
  for (int i = 0; i < 100; ++i) items[static_cast<std::size_t>(i)] = i;
  std::vector<int> shuffled = items;
  Draws(1, "test", "").shuffle(shuffled);
  EXPECT_NE(shuffled, items);
  std::ranges::sort(shuffled);
  EXPECT_EQ(shuffled, items);
  std::vector<int> nothing;
  Draws(1, "test", "").shuffle(nothing);
  EXPECT_TRUE(nothing.empty());
}

}  // namespace
}  // namespace renown::attack
