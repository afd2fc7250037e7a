#include "attack/spread.h"

#include <gtest/gtest.h>

namespace renown::attack {
namespace {

TEST(Spread, of_nothing_is_nothing) {
  const Spread none = spread_of({});
  EXPECT_EQ(none.count, 0u);
  EXPECT_EQ(none.mean, 0.0);
  EXPECT_FALSE(none.upper);
}

TEST(Spread, of_one_figure_has_no_upper_limit) {
  const Spread one = spread_of({-3.0});
  EXPECT_EQ(one.mean, -3.0);
  EXPECT_EQ(one.least, -3.0);
  EXPECT_EQ(one.most, -3.0);
  EXPECT_FALSE(one.upper);
}

TEST(Spread, of_equal_figures_is_no_wider) {
  EXPECT_EQ(spread_of({2.0, 2.0, 2.0}).upper, 2.0);
}

TEST(Spread, by_hand) {
  const Spread spread = spread_of({1.0, 2.0, 3.0, 6.0});  // s^2 = 14 / 3, standard error sqrt(14 / 12), t 2.3534
  EXPECT_DOUBLE_EQ(spread.mean, 3.0);
  EXPECT_EQ(spread.least, 1.0);
  EXPECT_EQ(spread.most, 6.0);
  EXPECT_NEAR(*spread.upper, 3.0 + 2.353363 * 1.0801234, 0.01);
}

TEST(Spread, students_t_as_in_the_tables) {
  const std::pair<std::size_t, double> table[] = {{1, 6.313752},  {2, 2.919986},  {3, 2.353363},  {4, 2.131847},
                                                  {5, 2.015048},  {10, 1.812461}, {19, 1.729133}, {30, 1.697261},
                                                  {60, 1.670649}, {120, 1.657651}};
  for (const auto& [degrees, t] : table) EXPECT_NEAR(student_95(degrees), t, 0.003 * t) << degrees;
  EXPECT_NEAR(student_95(19), 1.729133, 1e-5);
}

}  // namespace
}  // namespace renown::attack
