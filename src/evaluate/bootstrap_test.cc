#include "evaluate/bootstrap.h"

#include <limits>
#include <numeric>

#include <gtest/gtest.h>

namespace renown::evaluate {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

TEST(Resample, draws_as_many_as_there_are_the_same_for_the_same_seed_and_number) {
  EXPECT_TRUE(resample(0, 1, 0).empty());
  EXPECT_EQ(resample(1, 1, 0), Copies{1});
  for (const std::size_t people : {2u, 10u, 1000u}) {
    const Copies copies = resample(people, 7, 3);
    EXPECT_EQ(std::accumulate(copies.begin(), copies.end(), std::size_t{0}), people);
    EXPECT_EQ(copies, resample(people, 7, 3));
  }
  EXPECT_NE(resample(100, 7, 3), resample(100, 7, 4));
  EXPECT_NE(resample(100, 7, 3), resample(100, 8, 3));
}

TEST(Resample, draws_everybody_equally_often) {
  constexpr std::size_t kPeople = 10;
  constexpr std::uint64_t kDraws = 20'000;
  std::vector<double> times(kPeople);
  for (std::uint64_t draw = 0; draw < kDraws; ++draw) {
    const Copies copies = resample(kPeople, 1, draw);
    for (std::size_t i = 0; i < kPeople; ++i) times[i] += copies[i];
  }
  // Binomial: a standard deviation of sqrt(20,000 * 10 * .1 * .9) = 134.
  for (const double count : times) EXPECT_NEAR(count, static_cast<double>(kDraws), 5 * 134.0);
}

TEST(Interval, needs_two_values_and_half_of_the_samples) {
  EXPECT_FALSE(interval_95({}));
  EXPECT_FALSE(interval_95({1.0}));
  EXPECT_FALSE(interval_95({1.0, 2.0, kNone, kNone, kNone}));
  ASSERT_TRUE(interval_95({2.0, 1.0, kNone, kNone}));
}

TEST(Interval, is_between_the_percentiles) {
  std::vector<double> values;
  for (int i = 200; i >= 0; --i) values.push_back(i);
  const auto interval = interval_95(values);
  ASSERT_TRUE(interval);
  EXPECT_DOUBLE_EQ(interval->low, 5.0);
  EXPECT_DOUBLE_EQ(interval->high, 195.0);
  const auto two = interval_95({10.0, 0.0});
  EXPECT_DOUBLE_EQ(two->low, 0.25);
  EXPECT_DOUBLE_EQ(two->high, 9.75);
}

}  // namespace
}  // namespace renown::evaluate
