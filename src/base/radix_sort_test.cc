#include "base/radix_sort.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "base/hash.h"

namespace renown::base {
namespace {

struct Entry {
  std::uint64_t key;
  std::uint32_t number;
  bool operator==(const Entry&) const = default;
};

void expect_sorted_like_the_library(const std::vector<std::uint64_t>& keys) {
  Buffer<Entry> entries;
  for (std::size_t i = 0; i < keys.size(); ++i) entries.push_back({keys[i], static_cast<std::uint32_t>(i)});
  std::vector<Entry> wanted(entries.begin(), entries.end());
  std::ranges::stable_sort(wanted, {}, &Entry::key);
  Buffer<Entry> room;
  radix_sort(entries, room, [](const Entry& entry) { return entry.key; });
  EXPECT_TRUE(std::ranges::equal(entries, wanted));
}

TEST(RadixSort, sorts_by_any_digits_and_keeps_the_order_of_equals) {
  const std::vector<std::vector<std::uint64_t>> cases = {
      {},
      {7},
      {3, 3, 3},
      {~std::uint64_t{0}, 0, std::uint64_t{1} << 63, 1, 0, (std::uint64_t{1} << 63) + 1},
      {5, 4, 3, 2, 1, 0, 2048, 2047, 4096 + 5},
  };
  for (const auto& keys : cases) expect_sorted_like_the_library(keys);
}

/// Few and many, each size from one way of sorting to the next; wide and narrow keys, keys with a hole between their
/// bits, and keys that are nearly all the same.
TEST(RadixSort, sorts_any_number_of_any_keys) {
  const std::vector<std::uint64_t> masks = {
      0, 1, 0x7ff, 0xfff000, std::uint64_t{1} << 63, 0x1fff, 0xff00000ff, 0xffffffffffff, ~std::uint64_t{0}};
  for (const std::size_t size : {23u, 24u, 25u, 31u, 32u, 300u, 2'500u, 16'383u, 16'385u, 60'000u}) {
    for (const std::uint64_t mask : masks) {
      for (const std::uint64_t fixed : {std::uint64_t{0}, ~mask & 0xa5a5a5a5a5a5a5a5}) {
        std::vector<std::uint64_t> keys(size);
        for (std::size_t i = 0; i < size; ++i) keys[i] = (mix64(i) & mask) | fixed;
        SCOPED_TRACE(testing::Message() << size << " keys of " << mask << " and " << fixed);
        expect_sorted_like_the_library(keys);
      }
    }
  }
}

TEST(RadixSort, sorts_many_keys_of_which_most_are_equal) {
  std::vector<std::uint64_t> keys(60'000, 77);
  for (std::size_t i = 0; i < keys.size(); i += 1'000) keys[i] = mix64(i);
  expect_sorted_like_the_library(keys);
}

}  // namespace
}  // namespace renown::base
