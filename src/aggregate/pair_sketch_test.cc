#include "aggregate/pair_sketch.h"

#include <utility>

#include <gtest/gtest.h>

namespace renown::aggregate {
namespace {

constexpr AccountId kFirstStranger = 1'000'000;

/// (a, b) with a and b from near and far, either of them the larger one.
std::pair<AccountId, AccountId> pair_of(AccountId i) {
  return {i * 2'654'435'761U % 5'000, i % 3 == 0 ? i : kNoAccount - i};
}

TEST(PairSketch, holds_nothing_at_first) {
  EXPECT_FALSE(PairSketch().may_hold(0, 0));
  PairSketch sketch;
  sketch.clear(0);
  EXPECT_FALSE(sketch.may_hold(3, 4));
  sketch.add(3, 4);
  EXPECT_TRUE(sketch.may_hold(3, 4));
}

TEST(PairSketch, never_denies_a_pair_that_it_holds_and_most_that_it_does_not) {
  for (const std::size_t size : {1u, 10u, 1'000u, 20'000u}) {
    PairSketch sketch;
    sketch.clear(size);
    for (AccountId i = 0; i < size; ++i) sketch.add(pair_of(i).first, pair_of(i).second);
    for (AccountId i = 0; i < size; ++i) ASSERT_TRUE(sketch.may_hold(pair_of(i).first, pair_of(i).second)) << i;
    int taken_for_held = 0;
    for (AccountId i = 0; i < 10'000; ++i) taken_for_held += sketch.may_hold(kFirstStranger + i, i % 7) ? 1 : 0;
    EXPECT_LT(taken_for_held, 2'000) << size;
  }
}

TEST(PairSketch, tells_a_pair_from_the_same_the_other_way_round) {
  PairSketch sketch;
  sketch.clear(100);
  sketch.add(7, 8);
  EXPECT_FALSE(sketch.may_hold(8, 7));
}

TEST(PairSketch, forgets_when_it_is_cleared) {
  PairSketch sketch;
  sketch.clear(10);
  sketch.add(1, 2);
  sketch.clear(10);
  EXPECT_FALSE(sketch.may_hold(1, 2));
}

}  // namespace
}  // namespace renown::aggregate
