#include "base/ranked_set.h"

#include <set>

#include <gtest/gtest.h>

#include "base/hash.h"

namespace renown::base {
namespace {

RankedSet set_of(std::size_t bound, const std::set<std::size_t>& numbers) {
  RankedSet result(bound);
  for (const std::size_t number : numbers) result.add(number);
  result.finish();
  return result;
}

void expect(std::size_t bound, const std::set<std::size_t>& numbers) {
  const RankedSet set = set_of(bound, numbers);
  EXPECT_EQ(set.size(), numbers.size());
  std::size_t before = 0;
  for (std::size_t number = 0; number < bound; ++number) {
    ASSERT_EQ(set.rank(number), before) << number;
    ASSERT_EQ(set.contains(number), numbers.contains(number)) << number;
    before += numbers.count(number);
  }
}

TEST(RankedSet, counts_across_the_borders_of_words) {
  expect(1, {});
  expect(1, {0});
  expect(64, {63});
  expect(65, {0, 63, 64});
  expect(200, {0, 1, 62, 63, 64, 65, 127, 128, 199});
}

TEST(RankedSet, counts_like_a_set_of_the_standard_library) {
  std::set<std::size_t> numbers;
  for (std::size_t i = 0; i < 5'000; ++i) numbers.insert(mix64(i) % 20'000);
  expect(20'000, numbers);
}

TEST(RankedSet, has_nobody_before_it_is_filled) {
  EXPECT_EQ(RankedSet().size(), 0u);
}

}  // namespace
}  // namespace renown::base
