#include "attack/campaign.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "attack/test_world.h"

namespace renown::attack {
namespace {

CampaignResult run(const Scenario& scenario, const Targets& targets, const World& world = small_world(),
                   const CampaignOptions& options = {}) {
  pipeline::NoProgress progress;
  return *run_campaign(world, scenario, targets, 4, 1, progress, options);
}

const Scenario& scenario(const std::string& name) {
  return *std::ranges::find(all_scenarios(), name, &Scenario::name);
}

Targets targets_of(const World& world, std::size_t each = 3) {
  return choose_targets(world, {50.0, 90.0, 99.0}, each, 1);
}

void expect_as_one_at_a_time(const World& world, const std::vector<std::string>& names) {
  const Targets targets = targets_of(world);
  for (const std::string& name : names) {
    const CampaignResult together = run(scenario(name), targets, world);
    const CampaignResult alone = run(scenario(name), targets, world, {.targets = 1});
    EXPECT_LE(together.runs, alone.runs) << name;
    ASSERT_EQ(together.gains.size(), alone.gains.size());
    for (std::size_t i = 0; i < together.gains.size(); ++i) {
      EXPECT_NEAR(together.gains[i].raw_after, alone.gains[i].raw_after, 1e-9 * alone.gains[i].raw_after) << name;
      EXPECT_EQ(together.gains[i].account, alone.gains[i].account) << name;
    }
    EXPECT_EQ(together.planted_rows, alone.planted_rows) << name;
    EXPECT_EQ(together.planted_accounts, alone.planted_accounts) << name;
  }
}

TEST(Campaign, all_at_once_is_as_one_at_a_time) {
  expect_as_one_at_a_time(small_world(), {"once-100", "daily-10", "camouflage-1000", "attack-edges-1000",
                                          "accomplices-10", "pod-20", "autopilot", "quote-bot-audience-30"});
}

/// Then targets lend standing too.
TEST(Campaign, all_at_once_is_as_one_at_a_time_where_every_other_person_is_verified) {
  const TestWorld test(small_log(), every_verified(2));
  expect_as_one_at_a_time(test.world, {"accomplices-lift-crowd", "pod-20", "own-likes", "own-crowd", "own-sock-linked",
                                       "sock-verified", "autopilot"});
}

TEST(Campaign, unverified_crowds_need_one_scoring) {
  EXPECT_EQ(run(scenario("once-100"), targets_of(small_world())).runs, 1u);
  EXPECT_EQ(run(scenario("once-100"), targets_of(small_world()), small_world(), {.rows = 250}).runs,
            5u);  // two at a time
}

TEST(Campaign, own_acts_gain_nothing_and_crowds_gain_something_below_the_bound) {
  const Targets targets = targets_of(small_world());
  for (const char* name : {"own-posts", "own-likes", "own-replies", "own-crowd", "own-sock-linked", "autopilot"}) {
    for (const Gain& gain : run(scenario(name), targets).gains)
      EXPECT_NEAR(gain.raw_gained(), 0.0, 1e-12 * gain.raw_before) << name;
  }
  for (const Gain& gain : run(scenario("weights-1000"), targets).gains) {
    EXPECT_GT(gain.raw_gained(), 0.0);
    EXPECT_LE(gain.raw_after, *gain.bound_before * (1 + 1e-12));
    EXPECT_EQ(gain.bound_before, gain.bound_after);
    EXPECT_GT(gain.equivalent_people, 0.0);
    EXPECT_GE(gain.percentile_after, gain.percentile_before);
  }
}

TEST(Campaign, accomplices_raise_the_bound_itself) {
  for (const Gain& gain : run(scenario("accomplices-10"), targets_of(small_world())).gains) {
    EXPECT_GT(*gain.bound_after, *gain.bound_before);
    EXPECT_LE(gain.raw_after, *gain.bound_after);
  }
}

TEST(Campaign, gains_are_differences_of_the_score) {
  const World& world = small_world();
  const Targets targets = targets_of(world, 1);
  const CampaignResult result = run(scenario("once-10"), targets);
  const score::Scale scale(world.model());
  for (std::size_t i = 0; i < targets.people.size(); ++i) {
    const Gain& gain = result.gains[i];
    EXPECT_EQ(gain.raw_before, world.card(targets.people[i]).raw);
    EXPECT_EQ(gain.points_before, *world.card(targets.people[i]).score);
    const score::Engaged before = world.engaged(targets.people[i]);
    const score::Vouching vouching(world.model(), true);
    const double most = vouching.raw({before.vouched, before.unvouched + 8.0});  // ten fresh first-time engagers
    EXPECT_LE(gain.raw_after, most);
    EXPECT_NEAR(gain.raw_after, most, 0.01 * most);
    EXPECT_EQ(gain.points_after, scale.points(gain.raw_after));
  }
}

TEST(Campaign, unprotected_there_is_no_bound_and_every_account_counts) {
  const TestWorld test(small_log(), {});
  const CampaignResult result = run(scenario("once-100"), targets_of(test.world, 2), test.world);
  for (const Gain& gain : result.gains) {
    EXPECT_FALSE(gain.bound_after);
    EXPECT_NEAR(gain.raw_gained(), 80.0, 0.5);
    EXPECT_NEAR(gain.equivalent_people, 100.0, 1.0);
  }
}

TEST(Campaign, a_bot_that_nobody_engages_with_has_one_point) {
  const CampaignResult result = run(scenario("reply-bot"), targets_of(small_world()));
  ASSERT_EQ(result.gains.size(), 4u);
  for (const Gain& gain : result.gains) {
    EXPECT_EQ(gain.raw_after, 0.0);
    EXPECT_EQ(gain.points_after, 1.0);
    EXPECT_EQ(gain.engagers_after, 0u);
  }
  EXPECT_EQ(result.planted_accounts, 0u) << "the bots themselves are not counted";
}

TEST(Campaign, farms_share_customers) {
  const Targets targets = targets_of(small_world(), 2);
  EXPECT_EQ(run(scenario("farm-1"), targets).planted_accounts, 1'000u * targets.people.size());
  EXPECT_EQ(run(scenario("farm-20"), targets).planted_accounts, 1'000u);
}

TEST(Campaign, own_acts_gain_nothing_in_a_log_where_everybody_knows_everybody) {
  EventTable rows;
  for (const char* fan : {"ada", "bob", "cyd"}) rows.add(act(fan, "hazel", kAsOf - 100, Kind::reply));
  rows.order_accounts();
  const TestWorld test(std::move(rows));
  const Targets targets = targets_of(test.world);
  ASSERT_EQ(targets.people.size(), 1u);
  for (const char* name : {"own-posts", "own-likes", "own-replies", "own-crowd", "autopilot"}) {
    EXPECT_EQ(run(scenario(name), targets, test.world).gains.front().raw_gained(), 0.0) << name;
  }
  EXPECT_EQ(run(scenario("pod-10"), targets, test.world).gains.front().raw_gained(), 0.0) << "nobody is left to join";
}

/// The small log, and 100 accounts that like twenty people, each within a minute.
EventTable log_with_a_farm() {
  EventTable rows = small_log();
  for (int customer = 0; customer < 20; ++customer) {
    for (int account = 0; account < 100; ++account)
      rows.add(act("farm" + std::to_string(account), "p" + std::to_string(100 + customer),
                   kAsOf - kDay * (1 + customer) - account % 60));
  }
  rows.order_accounts();
  return rows;
}

TEST(Campaign, can_hold_the_farms_of_the_run_before) {
  const TestWorld test(log_with_a_farm());
  ASSERT_EQ(test.world.farm_accounts().size(), 100u);
  EXPECT_TRUE(test.world.farm_accounts().contains({"forum", "farm7"}));
  EXPECT_TRUE(small_world().farm_accounts().empty());
  const Targets targets = targets_of(test.world);
  const CampaignResult searched = run(scenario("farm-20"), targets, test.world);
  const CampaignResult held = run(scenario("farm-20"), targets, test.world, {.hold_farms = true});
  EXPECT_EQ(searched.flagged_planted, 1'000u);
  EXPECT_EQ(held.flagged_planted, 0u);
  EXPECT_EQ(held.flagged_real + held.spared_real, 0u);
  for (const Gain& gain : held.gains) EXPECT_GT(gain.raw_gained(), 0.0);
}

/// A user who stops it.
class Stopped : public pipeline::NoProgress {
 public:
  bool cancelled() override { return true; }
};

TEST(Campaign, can_be_stopped) {
  Stopped stopped;
  const auto result = run_campaign(small_world(), scenario("once-10"), targets_of(small_world()), 4, 1, stopped);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace renown::attack
