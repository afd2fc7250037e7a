#include "generate/crowds.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "generate/world.h"

namespace renown::generate {
namespace {

constexpr std::int64_t kStart = 1'704'067'200;
constexpr std::uint64_t kPeople = 5000;

WorldOptions with(const CrowdCounts& crowds) {
  return {.people = kPeople, .days = 20, .rows = 200'000, .seed = 1, .start = kStart, .crowds = crowds};
}

/// The acts of planted accounts, in order of the rows.
std::vector<Act> planted(const World& world) {
  std::vector<Act> acts(world.options().rows);
  world.acts(0, acts);
  std::erase_if(acts, [](const Act& act) { return act.deed.actor < kPeople; });
  return acts;
}

TEST(Crowds, none_leave_the_world_as_it_is) {
  const auto crowds = Crowds::create(Draws(1), {}, 2, 144, 0);
  ASSERT_TRUE(crowds);
  EXPECT_EQ(crowds->rows(), 0u);
  EXPECT_EQ(crowds->accounts(), 0u);
  EXPECT_TRUE(crowds->rows_before_bins().empty());
}

TEST(Crowds, too_many_for_the_rows_or_the_people_are_refused) {
  WorldOptions options = with({.farms = 1000});
  auto world = World::create(options);
  ASSERT_FALSE(world);
  EXPECT_EQ(world.error().code, ErrorCode::usage);
  EXPECT_NE(world.error().message.find("more than 100000 events"), std::string::npos) << world.error().message;
  options.people = 29;
  options.crowds.farms = 1;
  world = World::create(options);
  ASSERT_FALSE(world);
  EXPECT_NE(world.error().message.find("at least 30 people"), std::string::npos) << world.error().message;
}

TEST(Crowds, leave_the_everyday_rows_what_they_are_in_order_of_time) {
  const auto world = World::create(with({.farms = 2, .pods = 3, .bots = 2}));
  ASSERT_TRUE(world) << world.error().message;
  WorldOptions options = with({});
  options.rows -= world->crowds().rows();
  const auto alone = World::create(options);
  std::uint64_t everyday = 0;
  std::int64_t before = kStart;
  for (std::uint64_t row = 0; row < world->options().rows; ++row) {
    const Act act = world->act(row);
    ASSERT_LE(before, act.time) << row;
    before = act.time;
    ASSERT_LT(act.post_time, act.time) << row;
    ASSERT_NE(act.deed.actor, act.deed.target) << row;
    if (act.deed.actor >= kPeople) continue;
    const Act wanted = alone->act(everyday++);
    ASSERT_EQ(act.time, wanted.time);
    ASSERT_EQ(act.deed.actor, wanted.deed.actor);
    ASSERT_EQ(act.deed.target, wanted.deed.target);
    ASSERT_EQ(act.deed.kind, wanted.deed.kind);
    ASSERT_EQ(act.post_time, wanted.post_time);
  }
  EXPECT_EQ(everyday, options.rows);
}

TEST(Crowds, a_farm_serves_each_customer_again_and_again_within_ten_minutes) {
  const auto world = World::create(with({.farms = 2}));
  ASSERT_TRUE(world) << world.error().message;
  const std::vector<Act> acts = planted(*world);
  for (const Crowd& farm : world->crowds().all()) {
    ASSERT_GE(farm.size, 20u);
    ASSERT_LE(farm.size, 200u);
    ASSERT_GE(farm.customers.size(), 6u);
    ASSERT_LE(farm.customers.size(), 30u);
    for (const PersonNumber customer : farm.customers) {
      std::map<std::int64_t, std::set<PersonNumber>> served;  // by ten minutes
      for (const Act& act : acts) {
        if (act.deed.target == customer && act.deed.actor >= farm.first && act.deed.actor < farm.first + farm.size)
          served[act.time / 600].insert(act.deed.actor);
      }
      const auto full = std::ranges::count_if(
          served, [&](const auto& bin) { return static_cast<double>(bin.second.size()) >= 0.8 * farm.size; });
      EXPECT_GE(full, 2) << customer;  // two of the three or more servings may fall into one bin
      EXPECT_LE(full, 6) << customer;
    }
  }
}

TEST(Crowds, pods_keep_to_themselves_and_bots_act_on_very_many) {
  const auto world = World::create(with({.pods = 2, .bots = 3}));
  ASSERT_TRUE(world) << world.error().message;
  const std::vector<Act> acts = planted(*world);
  ASSERT_EQ(acts.size(), world->crowds().rows());
  for (const Crowd& crowd : world->crowds().all()) {
    std::set<PersonNumber> targets;
    std::set<Kind> kinds;
    std::size_t rows = 0;
    for (const Act& act : acts) {
      if (act.deed.actor < crowd.first || act.deed.actor >= crowd.first + crowd.size) continue;
      ++rows;
      targets.insert(act.deed.target);
      kinds.insert(act.deed.kind);
    }
    if (crowd.role == Role::pod) {
      EXPECT_GE(*targets.begin(), crowd.first);
      EXPECT_LT(*targets.rbegin(), crowd.first + crowd.size);
      EXPECT_EQ(kinds, (std::set<Kind>{Kind::reply, Kind::like}));
    } else {
      EXPECT_EQ(crowd.size, 1u);
      EXPECT_LT(*targets.rbegin(), kPeople);
      EXPECT_GT(static_cast<double>(targets.size()), 0.5 * static_cast<double>(rows));
      EXPECT_EQ(kinds.size(), 1u);
    }
  }
}

TEST(Crowds, keep_their_order_in_worlds_with_hardly_any_other_rows) {
  WorldOptions options = with({.pods = 1});
  options.days = 1;
  options.rows = 2000;
  const auto world = World::create(options);
  ASSERT_TRUE(world) << world.error().message;
  std::int64_t before = kStart;
  for (std::uint64_t row = 0; row < options.rows; ++row) {
    const std::int64_t time = world->act(row).time;
    ASSERT_LE(before, time);
    before = time;
  }
}

}  // namespace
}  // namespace renown::generate
