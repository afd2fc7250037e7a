#include "attack/world.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "attack/targets.h"
#include "attack/test_world.h"

namespace renown::attack {
namespace {

TEST(World, knows_how_long_the_log_is) {
  const World& world = small_world();
  EXPECT_EQ(world.span_seconds(30.0), 30 * kDay);
  EXPECT_LE(world.span_seconds(365.0), 60 * kDay);
  EXPECT_GT(world.span_seconds(365.0), 59 * kDay);
}

TEST(World, percentiles_are_those_of_its_own_scored_people) {
  const World& world = small_world();
  EXPECT_EQ(world.percentile(0.0), 0.0);
  EXPECT_EQ(world.percentile(1e9), 100.0);
  const PersonId middle = world.scored()[world.scored().size() / 2];
  EXPECT_NEAR(world.percentile(world.card(middle).raw), 50.0, 1.0);
}

TEST(World, sums_engagement_as_the_score_does) {
  const World& world = small_world();
  const score::Vouching vouching(world.model(), true);
  for (const PersonId person : world.scored()) {
    EXPECT_NEAR(vouching.raw(world.engaged(person)), world.card(person).raw, 1e-12 * world.card(person).raw);
    EXPECT_NEAR(world.engaged(person).vouched, *world.card(person).vouched_raw, 1e-12);
  }
}

TEST(World, new_accounts_have_names_that_nobody_has) {
  EventTable rows;
  rows.add(act("planted-1", "planted--2", kAsOf - 10));
  rows.order_accounts();
  const TestWorld test(std::move(rows));
  EXPECT_EQ(test.world.new_name(), "planted---");
}

TEST(World, famous_are_the_highest_and_verified_engagers_are_verified) {
  const World& world = small_world();
  ASSERT_EQ(world.famous().size(), 100u);
  EXPECT_EQ(world.person_of(world.famous().front()), world.scored().back());
  ASSERT_FALSE(world.verified_engagers().empty());
  for (const AccountId account : world.verified_engagers()) EXPECT_TRUE(world.is_verified(account));
}

TEST(World, an_empty_log_has_nobody) {
  const TestWorld test(EventTable{});
  EXPECT_TRUE(test.world.scored().empty());
  EXPECT_EQ(test.world.median_points(), 1.0);
  EXPECT_EQ(test.world.percentile(1.0), 0.0);
  EXPECT_EQ(test.world.span_seconds(30.0), 0);
  const Targets targets = choose_targets(test.world, {50.0}, 20, 1);
  EXPECT_TRUE(targets.people.empty());
  EXPECT_TRUE(targets.bands.front().targets.empty());
}

TEST(Targets, stand_around_their_percentile) {
  const World& world = small_world();
  const Targets targets = choose_targets(world, {50.0, 90.0}, 5, 1);
  ASSERT_EQ(targets.bands.size(), 2u);
  const std::size_t reach = 10 / 2 + 1;  // ten people are considered
  for (const Band& band : targets.bands) {
    ASSERT_EQ(band.targets.size(), 5u);
    const double rank = band.percentile / 100.0 * static_cast<double>(world.scored().size() - 1);
    for (const std::size_t target : band.targets) {
      const auto place = std::ranges::find(world.scored(), targets.people[target]) - world.scored().begin();
      EXPECT_NEAR(static_cast<double>(place), rank, static_cast<double>(reach));
    }
  }
}

TEST(Targets, are_drawn_by_the_seed) {
  const World& world = small_world();
  EXPECT_EQ(choose_targets(world, {50.0}, 5, 1).people, choose_targets(world, {50.0}, 5, 1).people);
  EXPECT_NE(choose_targets(world, {50.0}, 5, 1).people, choose_targets(world, {50.0}, 5, 2).people);
}

TEST(Targets, somebody_in_two_bands_is_attacked_once) {
  const World& world = small_world();
  const std::size_t all = world.scored().size();
  const Targets targets = choose_targets(world, {0.0, 50.0, 100.0}, 2 * all, 1);
  EXPECT_EQ(targets.people.size(), all);
  for (const Band& band : targets.bands) EXPECT_EQ(band.targets.size(), all);
}

TEST(Targets, bands_have_names) {
  EXPECT_EQ(band_name(50.0), "median");
  EXPECT_EQ(band_name(99.0), "p99");
  EXPECT_EQ(band_name(99.5), "p99.5");
}

}  // namespace
}  // namespace renown::attack
