// Hits read piece by piece: nothing is lost or cut, in memory or on disk, and the search finds the same.
#include "score/hit_source.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "score/lockstep.h"
#include "score/lockstep_testing.h"

namespace renown::score {
namespace {

std::uint64_t draw(std::uint64_t& state, std::uint64_t below) {
  return base::mix64(++state) % below;
}

/// A few targets have most of the hits, and one has none.
std::vector<Hit> drawn_hits(std::uint64_t seed, std::size_t count, std::uint32_t engagers, std::uint32_t targets) {
  std::uint64_t state = seed << 32;
  std::vector<Hit> hits;
  for (std::size_t i = 0; i < count; ++i) {
    const auto target = static_cast<std::uint32_t>(draw(state, 1 + draw(state, targets - 1)));
    hits.push_back(
        {static_cast<std::uint32_t>(draw(state, engagers)), target, static_cast<std::int64_t>(draw(state, 100'000))});
  }
  std::ranges::sort(hits, {}, [](const Hit& hit) { return std::tuple(hit.target, hit.time(), hit.engager); });
  return hits;
}

/// As a sweep has them: it knows which are alone.
std::vector<Hit> told_alone(const std::vector<Hit>& hits) {
  std::vector<Hit> told;
  for_each_target(std::span(hits), [&](std::span<const Hit> on_target) {
    for (const Hit& hit : on_target) {
      const auto of_engager = std::ranges::count(on_target, hit.engager, &Hit::engager);
      told.push_back({hit.engager, hit.target, hit.time(), of_engager == 1});
    }
  });
  return told;
}

/// As a sweep keeps them: whole targets in heaps, which have nothing to do with their order.
void put_into_heaps(const std::vector<Hit>& hits, base::Partitioned<Hit>& heaps) {
  for_each_target(std::span(hits), [&](std::span<const Hit> on_target) {
    heaps.append(on_target.front().target * 37 % base::kPartitions, on_target);
  });
}

std::vector<Hit> read_all(HitSource& source) {
  std::vector<Hit> all;
  base::Buffer<Hit> room;
  for (std::size_t piece = 0; piece < base::kPartitions; ++piece) {
    const auto hits = source.read(piece, room);
    all.insert(all.end(), hits.begin(), hits.end());
  }
  return all;
}

TEST(SortedHits, are_cut_into_pieces_between_targets_only) {
  for (const std::size_t count : {0, 1, 2, 255, 256, 257, 5000}) {
    const std::vector<Hit> hits = drawn_hits(count, count, 20, 40);
    SortedHits source(hits);
    EXPECT_EQ(read_all(source), hits) << count;
    std::vector<std::size_t> piece_of(40, base::kPartitions);
    base::Buffer<Hit> room;
    for (std::size_t piece = 0; piece < base::kPartitions; ++piece) {
      for (const Hit& hit : source.read(piece, room)) {
        EXPECT_TRUE(piece_of[hit.target] == base::kPartitions || piece_of[hit.target] == piece) << hit.target;
        piece_of[hit.target] = piece;
      }
    }
  }
}

TEST(SortedHits, of_one_target_are_one_piece) {
  const std::vector<Hit> hits(1000, Hit{1, 7, 5});
  SortedHits source(hits);
  base::Buffer<Hit> room;
  std::size_t pieces = 0;
  for (std::size_t piece = 0; piece < base::kPartitions; ++piece) pieces += source.read(piece, room).empty() ? 0 : 1;
  EXPECT_EQ(pieces, 1u);
}

TEST(GatherHits, gives_the_wanted_targets_in_order_wherever_they_stood) {
  const std::vector<Hit> hits = drawn_hits(1, 3000, 50, 300);
  base::SpillArea area(0, testing::TempDir());
  base::Partitioned<Hit> heaps(area);
  put_into_heaps(hits, heaps);
  HeapedHits source(heaps);
  const auto odd = [](std::uint32_t target) { return target % 2 == 1; };
  std::vector<Hit> expected;
  std::ranges::copy_if(hits, std::back_inserter(expected), odd, &Hit::target);
  EXPECT_EQ(gather_hits(source, odd), expected);
  EXPECT_TRUE(gather_hits(source, [](std::uint32_t) { return false; }).empty());
}

/// Farms among much else: the same from memory and from heaps that all went to disk, on one thread and on three.
TEST(FindLockstep, finds_the_same_wherever_hits_are_kept) {
  LockstepRule quick = test::small_rule();
  quick.account_share = 0.05;
  LockstepRule slow = quick;
  slow.slot_seconds = 3600;
  slow.block_share = 0.8;
  std::size_t blocks_found = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::vector<Hit> hits = drawn_hits(seed, 20'000, 500, 400);
    for (std::uint32_t engager = 0; engager < 12; ++engager) {
      for (std::uint32_t target = 0; target < 6; ++target)
        hits.push_back(
            {500 + engager, 300 + target * 7, std::int64_t{target} * 9000 + engager * (engager < 6 ? 1 : 400)});
    }
    std::ranges::sort(hits, {}, [](const Hit& hit) { return std::tuple(hit.target, hit.time(), hit.engager); });
    const std::vector<bool> suspects(512, true);
    const auto expected = find_lockstep(hits, suspects, 400, std::array{quick, slow});
    blocks_found += expected.size();

    base::SpillArea area(0, testing::TempDir());
    base::Partitioned<Hit> heaps(area);
    const std::vector<Hit> told = told_alone(hits);
    ASSERT_GT(std::ranges::count_if(told, &Hit::alone), 100);
    put_into_heaps(told, heaps);
    HeapedHits source(heaps);
    const auto found = find_lockstep(source, suspects, count_distinct_targets(hits, 512), 400, std::array{quick, slow},
                                     area, seed % 2 == 0 ? 1 : 3);
    ASSERT_TRUE(area.status());
    ASSERT_EQ(found.size(), expected.size()) << seed;
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i].engagers, expected[i].engagers);
      EXPECT_EQ(found[i].rule, expected[i].rule);
      EXPECT_EQ(found[i].density, expected[i].density);
      EXPECT_EQ(found[i].evidence, expected[i].evidence);
      ASSERT_EQ(found[i].slots.size(), expected[i].slots.size());
      for (std::size_t slot = 0; slot < found[i].slots.size(); ++slot) {
        EXPECT_EQ(found[i].slots[slot].target, expected[i].slots[slot].target);
        EXPECT_EQ(found[i].slots[slot].begin, expected[i].slots[slot].begin);
      }
    }
  }
  EXPECT_GE(blocks_found, 20u);
}

}  // namespace
}  // namespace renown::score
