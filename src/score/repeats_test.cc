// Which hits on a target are of one engager: before and behind, however they are told.
#include "score/repeats.h"

#include <algorithm>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "base/hash.h"

namespace renown::score {
namespace {

constexpr std::uint32_t kNone = Repeats::kNone;

struct Case {
  const char* what;
  std::vector<Hit> hits;
  std::vector<std::uint32_t> before, behind;
};

TEST(Repeats, say_where_the_same_engager_is_met_before_and_behind) {
  const std::vector<Case> cases = {
      {"nobody", {}, {}, {}},
      {"one, of whom nothing is known", {{5, 0, 10}}, {0}, {kNone}},
      {"one known to be alone", {{5, 0, 10, true}}, {0}, {kNone}},
      {"engager 0 twice", {{0, 0, 10}, {0, 0, 11}}, {0, 1}, {1, kNone}},
      {"at the same time", {{3, 0, 10}, {3, 0, 10}}, {0, 1}, {1, kNone}},
      {"three of one around two others",
       {{7, 0, 1}, {8, 0, 2, true}, {7, 0, 3}, {4'000'000'000, 0, 4, true}, {7, 0, 5}},
       {0, 0, 1, 0, 3},
       {2, kNone, 4, kNone, kNone}},
  };
  Repeats repeats;  // one for all: nothing of the list before is left
  for (const Case& c : cases) {
    repeats.find(c.hits);
    for (std::size_t i = 0; i < c.hits.size(); ++i) {
      EXPECT_EQ(repeats.before(i), c.before[i]) << c.what << ", hit " << i;
      EXPECT_EQ(repeats.behind(i), c.behind[i]) << c.what << ", hit " << i;
    }
  }
}

/// A slot that moves over drawn hits counts as many engagers as a look at each slot does.
TEST(Repeats, count_engagers_in_a_moving_slot) {
  Repeats repeats;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    std::vector<Hit> hits;
    for (std::uint64_t i = 0; i < seed * 7; ++i)
      hits.push_back({static_cast<std::uint32_t>(base::mix64(seed * 1000 + i) % (seed + 3)), 0, std::int64_t(i)});
    repeats.find(hits);
    const std::size_t width = 1 + seed % 13;
    for (std::size_t begin = 0; begin + width <= hits.size(); ++begin) {
      std::map<std::uint32_t, int> engagers;
      std::size_t first = 0, last = 0;
      for (std::size_t i = begin; i < begin + width; ++i) {
        ++engagers[hits[i].engager];
        first += repeats.before(i) <= begin ? 1 : 0;
        last += repeats.behind(i) >= begin + width ? 1 : 0;
      }
      ASSERT_EQ(first, engagers.size()) << seed << ' ' << begin;
      ASSERT_EQ(last, engagers.size()) << seed << ' ' << begin;
    }
  }
}

}  // namespace
}  // namespace renown::score
