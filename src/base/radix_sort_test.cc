#include "base/radix_sort.h"

#include <algorithm>
#include <tuple>
#include <utility>
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

struct Pair {
  std::uint32_t second;
  std::uint32_t first;
  std::uint64_t third;
};

/// One after the other by three keys of one type and a key of another, as the rows of a log are sorted: a compiler that
/// takes functions of different keys for the same one is found out. This file is compiled with -O2, as programs are.
class SortsByThreeKeys {
 public:
  explicit SortsByThreeKeys(unsigned bits) : bits_(bits) {}

  void sort(Buffer<Pair>& pairs, Buffer<Pair>& room) const {
    radix_sort(pairs, room, [](const Pair& pair) { return pair.third; });
    radix_sort(pairs, room, [&](const Pair& pair) { return std::uint64_t{pair.first} << bits_ | pair.second; });
    if (bits_ == 0) radix_sort(pairs, room, [&](const Pair& pair) { return std::uint64_t{pair.second} << bits_; });
  }
  void sort(Buffer<Entry>& entries, Buffer<Entry>& room) const {
    radix_sort(entries, room, [&](const Entry& entry) { return entry.key << bits_ | entry.number; });
  }

 private:
  unsigned bits_;
};

TEST(RadixSort, does_not_mix_up_its_keys) {
  const SortsByThreeKeys sorter(18);
  for (const std::size_t size : {1'000u, 20'000u, 100'000u}) {
    Buffer<Pair> pairs, room;
    Buffer<Entry> entries, more_room;
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint64_t hash = mix64(i);
      pairs.push_back(
          {static_cast<std::uint32_t>(hash & 0x3ffff), static_cast<std::uint32_t>(hash >> 40 & 0x3ff), i ^ 3});
      entries.push_back({hash >> 40, static_cast<std::uint32_t>(hash & 0x3ffff)});
    }
    sorter.sort(pairs, room);
    sorter.sort(entries, more_room);
    const auto by_all = [](const Pair& pair) { return std::tuple(pair.first, pair.second, pair.third); };
    EXPECT_TRUE(std::ranges::is_sorted(pairs, {}, by_all)) << size;
    EXPECT_TRUE(std::ranges::is_sorted(entries, {}, [](const Entry& entry) {
      return std::pair(entry.key, entry.number);
    })) << size;
  }
}

}  // namespace
}  // namespace renown::base
