#include "generate/shuffle.h"

#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "base/hash.h"

namespace renown::generate {
namespace {

TEST(Shuffle, is_the_numbers_in_another_order) {
  for (const std::uint64_t count : {1ull, 2ull, 3ull, 10ull, 97ull, 1000ull}) {
    for (const std::uint64_t random : {0ull, 1ull, 0x123456789abcdefull, ~0ull}) {
      const Shuffle shuffle(count, random);
      std::set<std::uint64_t> seen;
      for (std::uint64_t number = 0; number < count; ++number) seen.insert(shuffle(number));
      ASSERT_EQ(seen.size(), count);
      ASSERT_EQ(*seen.rbegin(), count - 1);
    }
  }
}

TEST(Shuffle, of_the_largest_counts_stays_inside) {
  for (const std::uint64_t count : {0xffffffffull, 0xfffffffeull, 0x80000001ull, 0x80000000ull}) {
    for (std::uint64_t i = 0; i < 1000; ++i) {
      const Shuffle shuffle(count, base::mix64(i));
      ASSERT_LT(shuffle(count - 1), count);
      ASSERT_LT(shuffle(base::mix64(i + 1000) % count), count);
      ASSERT_NE(shuffle(0), shuffle(1));
    }
  }
}

}  // namespace
}  // namespace renown::generate
