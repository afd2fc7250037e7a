// Each rule of the score by its table: fading, points, vouching, standing, percentile, interval.
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "score/engagement.h"
#include "score/fading.h"
#include "score/interval.h"
#include "score/model_file.h"
#include "score/percentile.h"
#include "score/points.h"
#include "score/standing.h"
#include "score/vouching.h"

namespace renown::score {
namespace {

ScoreModel model() {
  return *parse_model(shipped_model(kDefaultModel), "renown-0.1");
}

TEST(Fading, is_one_at_birth_half_after_a_half_life_and_nothing_at_the_edge) {
  const Fading fading(7, 180);
  EXPECT_EQ(fading(0), 1.0);
  EXPECT_NEAR(fading(7), 0.5, 1e-7);
  EXPECT_EQ(fading(180), 0.0);
  EXPECT_EQ(fading(1e9), 0.0);
  EXPECT_GT(fading(179.999), 0.0);
  EXPECT_LT(fading(179.999), 1e-7);  // continuous: no step at the edge
  const Fading slow(30, 180);
  EXPECT_NEAR(slow(30), (0.5 - 1.0 / 64) / (1 - 1.0 / 64), 1e-15);
  EXPECT_LT(slow(179.999), 1e-5);
}

TEST(Fading, never_rises_with_age) {
  const Fading fading(30, 180);
  for (double age = 0; age < 181; age += 0.01) EXPECT_GE(fading(age), fading(age + 0.01));
}

struct EngagementCase {
  const char* name;
  double first_days, latest_days;  ///< before as_of
  double wanted;
};

TEST(Engagement, counts_a_fresh_stranger_point_eight_and_a_fresh_regular_one) {
  constexpr std::int64_t kAsOf = 2'000'000'000;
  const auto days = [](double number) { return static_cast<std::int64_t>(number * 86'400); };
  const Engagement weigh(model(), kAsOf);
  for (const auto& [name, first, latest, wanted] :
       {EngagementCase{"just now", 0, 0, 0.8}, EngagementCase{"loyal and fresh", 8, 0, 1.0},
        EngagementCase{"a span of exactly a week is not loyal", 7, 0, 0.8},
        EngagementCase{"at the window's edge", 180, 180, 0.0}, EngagementCase{"long ago", 400, 300, 0.0}}) {
    const aggregate::PairSpan span{.first = kAsOf - days(first), .latest = kAsOf - days(latest), .weight = 1.0};
    EXPECT_NEAR(weigh(span), wanted, 1e-12) << name;
  }
  EXPECT_EQ(weigh(aggregate::PairSpan{}), 0.0);
  const aggregate::PairSpan light{.first = kAsOf - 1, .latest = kAsOf - 1, .weight = 0.25};
  EXPECT_NEAR(weigh(light), 0.2, 1e-6);
  EXPECT_NEAR(weigh.fresh(aggregate::PairSpan{.first = kAsOf - days(100), .latest = kAsOf - days(50), .weight = 1.0}),
              1.0, 1e-12);
}

TEST(Engagement, of_many_spans_is_that_of_each_to_the_bit) {
  constexpr std::int64_t kAsOf = 2'000'000'000;
  ScoreModel uneven = model();
  uneven.half_life_loyal_days = 41;  // else loyal and slow fading are one
  const Engagement weigh(uneven, kAsOf);
  std::mt19937_64 random(11);
  const auto below = [&](std::int64_t limit) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
  };
  for (const std::size_t count : {0u, 1u, 63u, 64u, 65u, 128u, 1000u}) {
    std::vector<aggregate::PairSpan> spans(count);  // some stay without acts
    for (std::size_t i = 0; i < count; i += i % 7 == 0 ? 2 : 1) {
      spans[i].add(kAsOf - 1 - below(200 * 86'400), static_cast<double>(below(5)) / 4);
      if (i % 3 == 0) spans[i].add(kAsOf - 1 - below(200 * 86'400), 0.5);
    }
    std::vector<double> engagements(count);
    weigh(spans, engagements.data());
    for (std::size_t i = 0; i < count; ++i)
      ASSERT_EQ(std::bit_cast<std::uint64_t>(engagements[i]), std::bit_cast<std::uint64_t>(weigh(spans[i]))) << i;
  }
}

TEST(Points, are_what_the_promise_says) {
  const Scale scale(model());
  EXPECT_EQ(scale.points(0), 1.0);
  EXPECT_NEAR(scale.points(10), 18.2, 0.05);
  EXPECT_NEAR(scale.points(100), 34.1, 0.05);
  EXPECT_NEAR(scale.points(1000), 50.5, 0.05);
  EXPECT_NEAR(scale.points(10'000), 67.0, 0.05);
  EXPECT_NEAR(scale.points(100'000), 83.5, 0.05);
  EXPECT_NEAR(scale.points(1'000'000), 100.0, 1e-9);
  EXPECT_EQ(scale.points(1e12), 100.0);
}

TEST(Vouching, bounds_what_nobody_vouches_for) {
  const Vouching vouching(model(), true);
  EXPECT_EQ(vouching.raw({0, 0}), 0.0);
  EXPECT_EQ(vouching.raw({5, 0}), 5.0);
  EXPECT_NEAR(vouching.room(0), 1.0, 1e-12);   // c0
  EXPECT_NEAR(vouching.room(5), 51.0, 1e-12);  // c0 + kappa V
  EXPECT_NEAR(vouching.bound(5), 56.0, 1e-12);
  EXPECT_NEAR(vouching.raw({5, 1e9}), 56.0, 1e-9);
  EXPECT_LE(vouching.raw({5, 1e300}), vouching.bound(5));
  EXPECT_NEAR(vouching.raw({0, 1}), 1 - std::exp(-1.0), 1e-15);
  EXPECT_EQ(vouching.unvouched_factor({5, 0}), 1.0);
  EXPECT_NEAR(vouching.unvouched_factor({5, 10}) * 10 + 5, vouching.raw({5, 10}), 1e-12);
}

TEST(Vouching, counts_everybody_alike_where_there_is_no_list) {
  const Vouching vouching(model(), false);
  EXPECT_EQ(vouching.raw({0, 123.5}), 123.5);
  EXPECT_EQ(vouching.unvouched_factor({0, 123.5}), 1.0);
  EXPECT_TRUE(std::isinf(vouching.room(0)));
}

TEST(Standing, rests_on_others_alone_and_is_bounded) {
  const ScoreModel constants = model();
  const Scale scale(constants);
  EXPECT_NEAR(standing_factor(constants, scale, 0, 0), 1.005, 1e-12);             // P(0) is one point
  EXPECT_NEAR(standing_factor(constants, scale, 3, 3), 1.005, 1e-12);             // the target's own gift is left out
  EXPECT_NEAR(standing_factor(constants, scale, 3, 3.0000000001), 1.005, 1e-12);  // rounding never goes below
  EXPECT_NEAR(standing_factor(constants, scale, 1e9, 0), 1.5, 1e-12);
}

TEST(Percentile, reads_straight_lines_between_quantiles) {
  const ReferenceQuantiles quantiles{"test", {0, 50, 90, 100}, {1, 2, 2, 10}};
  EXPECT_EQ(percentile({}, 5), std::nullopt);
  EXPECT_EQ(percentile(quantiles, 0.5), 0.0);
  EXPECT_EQ(percentile(quantiles, 1), 0.0);
  EXPECT_EQ(percentile(quantiles, 1.5), 25.0);
  EXPECT_EQ(percentile(quantiles, 2), 90.0);  // at or below
  EXPECT_EQ(percentile(quantiles, 6), 95.0);
  EXPECT_EQ(percentile(quantiles, 10), 100.0);
  EXPECT_EQ(percentile(quantiles, 99), 100.0);
}

TEST(Interval, is_a_point_where_all_groups_are_alike_and_wide_where_one_group_is_all) {
  const ScoreModel constants = model();
  const Scale scale(constants);
  const Vouching vouching(constants, false);
  std::array<Engaged, kGroups> even;
  even.fill({0.0, 10.0});
  const double score = scale.points(vouching.raw({0.0, 100.0}));
  const Interval narrow = interval(score, half_width(even, vouching, scale));
  EXPECT_NEAR(narrow.low, score, 1e-9);
  EXPECT_NEAR(narrow.high, score, 1e-9);
  std::array<Engaged, kGroups> one{};
  one[3] = {0.0, 100.0};
  const Interval wide = interval(score, half_width(one, vouching, scale));
  EXPECT_EQ(wide.low, 1.0);
  EXPECT_GT(wide.high, score + 30);
  EXPECT_LE(wide.high, 100.0);
}

TEST(Interval, without_a_group_that_holds_nobody_there_is_everybody) {
  const ScoreModel constants = model();
  const Scale scale(constants);
  const Vouching vouching(constants, true);
  std::array<Engaged, kGroups> few{};
  few[2] = {1.25, 0.0};
  few[7] = {0.0, 3.5};
  const auto points = [&](Engaged rest) {
    return scale.points(vouching.raw({rest.vouched * (10.0 / 9.0), rest.unvouched * (10.0 / 9.0)}));
  };
  std::array<double, kGroups> each;
  each.fill(points({1.25, 3.5}));
  each[2] = points({0.0, 3.5});
  each[7] = points({1.25, 0.0});
  const double mean = std::accumulate(each.begin(), each.end(), 0.0) / 10.0;
  double squares = 0.0;
  for (const double p : each) squares += (p - mean) * (p - mean);
  EXPECT_NEAR(half_width(few, vouching, scale), 2.26 * std::sqrt(0.9 * squares), 1e-12);
}

TEST(Interval, a_network_that_is_remembered_changes_no_group) {
  AccountGroups groups;
  for (const char* network : {"forum", "forum", "chirp", "", "", "forum"}) {
    for (const char* account : {"hazel", "", "odell"})
      EXPECT_EQ(groups(network, account), group_of_account(network, account)) << network << " " << account;
  }
}

TEST(Interval, groups_never_move) {
  EXPECT_EQ(group_of_account("forum", "hazel"), group_of_account("forum", "hazel"));
  std::array<int, kGroups> counts{};
  for (int i = 0; i < 10'000; ++i) ++counts[group_of_account("forum", std::to_string(i))];
  for (const int count : counts) EXPECT_NEAR(count, 1000, 150);
}

}  // namespace
}  // namespace renown::score
