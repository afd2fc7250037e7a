#include "fit/candidates.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace renown::fit {
namespace {

TEST(Candidates, EveryOneKeepsThePromisesOfAModel) {
  const Grid grid = make_grid(30.0, 180.0);
  for (const TimeWeights& weights : time_candidates(grid)) {
    EXPECT_NEAR(weights.fast_share + weights.loyal_share + weights.slow_share, 1.0, 1e-15);
    EXPECT_GE(std::min({weights.fast_share, weights.loyal_share, weights.slow_share}), 0.0);
    EXPECT_LT(weights.half_life_fast_days, weights.fast_share == 1.0 ? 1e9 : weights.half_life_slow_days);
    EXPECT_GT(std::min({weights.half_life_fast_days, weights.half_life_loyal_days, weights.loyal_span_days}), 0.0);
    EXPECT_LE(weights.half_life_loyal_days, 1000.0 * 180.0);  // the longest that a model file may hold
  }
}

TEST(Candidates, NoneStandsTwiceAndTheSimpleOnesLead) {
  const Grid grid = make_grid(1.0, 180.0);
  const auto all = time_candidates(grid);
  for (std::size_t i = 0; i < all.size(); ++i)
    EXPECT_EQ(std::ranges::find(all, all[i]) - all.begin(), static_cast<std::ptrdiff_t>(i));
  const auto simple = simple_candidates(grid);
  ASSERT_EQ(simple.size(), grid.half_lives.size());
  for (std::size_t i = 0; i < simple.size(); ++i) {
    EXPECT_EQ(all[i], simple[i]);
    EXPECT_EQ(simple[i].fast_share, 1.0);
    EXPECT_EQ(simple[i].half_life_fast_days, grid.half_lives[i]);
  }
}

TEST(Candidates, GridsGrowWithTheStep) {
  const Grid day = make_grid(1.0, 180.0), month = make_grid(30.0, 180.0);
  ASSERT_EQ(day.half_lives.size(), month.half_lives.size());
  for (std::size_t i = 0; i < day.half_lives.size(); ++i)
    EXPECT_DOUBLE_EQ(month.half_lives[i], 30.0 * day.half_lives[i]);
  EXPECT_TRUE(std::ranges::is_sorted(month.half_lives));
  EXPECT_TRUE(std::ranges::is_sorted(month.loyal_spans));  // Trial stops at the first span that is not passed
}

TEST(Candidates, KindWeightsNeverRiseAlongTheOrderOfKinds) {
  for (const KindWeights& kinds : kind_candidates()) {
    const ScoreModel model = with_weights({}, {}, kinds);
    for (std::size_t kind = 1; kind < kEngagementKinds; ++kind)
      EXPECT_LE(model.kind_weight[kind], model.kind_weight[kind - 1]);
    EXPECT_EQ(model.kind_weight[static_cast<std::size_t>(Kind::review)], 1.0);
    EXPECT_EQ(model.kind_weight[static_cast<std::size_t>(Kind::comment)], kinds.replies);
    EXPECT_EQ(model.kind_weight[static_cast<std::size_t>(Kind::like)], kinds.mentions);
  }
}

}  // namespace
}  // namespace renown::fit
