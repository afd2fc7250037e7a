#include "attack/attack.h"

#include <gtest/gtest.h>

#include "attack/report_json.h"
#include "attack/test_world.h"

namespace renown::attack {
namespace {

pipeline::LoadedLog loaded(EventTable rows, pipeline::LoadedLists lists = {}) {
  pipeline::LoadedLog log;
  log.events = std::move(rows);
  log.lists = std::move(lists);
  log.model = test_model();
  log.as_of = kAsOf;
  return log;
}

AttackRequest request(const std::vector<std::string>& scenarios, std::vector<double> shares = {}) {
  AttackRequest request;
  request.scenarios = *choose_scenarios(scenarios);
  request.verified_shares = std::move(shares);
  request.targets = 3;
  return request;
}

Result<AttackReport> attack(const AttackRequest& by, EventTable rows = small_log(),
                            pipeline::LoadedLists lists = tenth_verified()) {
  pipeline::NoProgress progress;
  pipeline::LoadedLog log = loaded(std::move(rows), std::move(lists));
  return attack_log(log, by, progress);
}

TEST(Attack, needs_somebody_with_a_score) {
  EventTable rows;
  rows.add(act("ada", "bob", kAsOf - 10));
  const auto report = attack(request({"once-10"}), std::move(rows));
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::not_enough_data);
}

TEST(Attack, goes_by_the_list_or_by_draws) {
  const AttackReport listed = *attack(request({"once-10"}));
  ASSERT_EQ(listed.shares.size(), 1u);
  EXPECT_FALSE(listed.shares[0].share);
  EXPECT_TRUE(listed.shares[0].is_protected);
  EXPECT_EQ(listed.shares[0].draws[0].verified_accounts, 30u);

  AttackRequest drawn = request({"once-10"}, {0.0, 0.5, 0.02});
  drawn.draws = 2;
  drawn.enrolment = evaluate::Enrolment::spread;
  const AttackReport report = *attack(drawn);
  ASSERT_EQ(report.shares.size(), 3u);
  EXPECT_FALSE(report.shares[0].is_protected);
  EXPECT_EQ(report.shares[0].draws.size(), 1u) << "there is nothing to draw";
  EXPECT_EQ(report.shares[1].draws.size(), 2u);
  EXPECT_EQ(report.shares[1].draws[0].verified_accounts, 150u);
  EXPECT_EQ(report.shares[1].model.verified_share, 0.5);
  EXPECT_EQ(report.shares[1].scenarios[0].by_band[0].size(), 6u) << "three people in each draw";
  EXPECT_TRUE(report.promises_held());
}

TEST(Attack, leaves_the_future_out) {
  EventTable rows = small_log();
  const auto before = attack(request({"once-10"}));
  for (int i = 0; i < 100; ++i) rows.add(act("late" + std::to_string(i), "p7", kAsOf + i));
  const auto with_future = attack(request({"once-10"}), std::move(rows));
  EXPECT_EQ(before->shares[0].scenarios[0].by_band[0][0].raw_after,
            with_future->shares[0].scenarios[0].by_band[0][0].raw_after);
}

TEST(Attack, skips_what_needs_verified_people_where_there_are_none) {
  const AttackReport report = *attack(request({"accomplices-3", "once-10"}, {0.0}));
  EXPECT_TRUE(report.shares[0].scenarios[1].skipped);
  EXPECT_FALSE(report.shares[0].scenarios[0].skipped);
}

TEST(Attack, more_verified_people_make_crowds_cheaper_to_bear) {
  AttackRequest by = request({"weights-10000"}, {0.5, 0.02});
  by.percentiles = {90.0};
  const AttackReport report = *attack(by);
  EXPECT_LT(report.shares[0].frontier[0].unlimited_points, report.shares[1].frontier[0].unlimited_points);
  for (const ShareReport& share : report.shares)
    EXPECT_NEAR(share.frontier[0].observed_points, share.frontier[0].unlimited_points, 0.1);
}

TEST(Attack, simple_rankings_pay_by_the_head) {
  EventTable rows;  // ten people with a hundred engagers each, all of them a day ago
  for (int target = 0; target < 10; ++target) {
    for (int i = 0; i < 100; ++i)
      rows.add(act("fan" + std::to_string(i), "star" + std::to_string(target), kAsOf - kDay));
  }
  const AttackReport report = *attack(request({"once-10"}), std::move(rows));
  ASSERT_EQ(report.simple_rankings.size(), 4u);
  const score::Scale scale(test_model());
  const SimplePrice& counted = report.simple_rankings[0].prices[0];
  EXPECT_EQ(counted.accounts, 1'000u);
  EXPECT_NEAR(counted.points_before, scale.points(100.0), 1e-9);
  EXPECT_NEAR(counted.points_gained, scale.points(1'100.0) - scale.points(100.0), 1e-9);
  const SimplePrice& decayed = report.simple_rankings[2].prices[1];  // half a day: a quarter is left of each
  EXPECT_EQ(report.simple_rankings[2].name, "decayed distinct engagers 0.5 d");
  EXPECT_EQ(decayed.accounts, 10'000u);
  EXPECT_NEAR(decayed.points_gained, scale.points(10'025.0) - scale.points(25.0), 1e-9);
}

TEST(Attack, a_broken_promise_fails_it_and_a_missed_goal_does_not) {
  AttackReport report;
  EXPECT_TRUE(report.promises_held());
  report.checks = {{.promise = true, .passed = true, .text = {}}, {.promise = false, .passed = false, .text = {}}};
  EXPECT_TRUE(report.promises_held());
  report.checks.push_back({.promise = true, .passed = false, .text = {}});
  EXPECT_FALSE(report.promises_held());
}

TEST(Attack, json_is_the_same_for_any_number_of_threads) {
  const auto text = [](std::size_t threads) {
    AttackRequest by = request({"once-100", "accomplices-3", "pod-10", "quote-bot-audience-30"}, {0.1});
    by.threads = threads;
    return attack_json(*attack(by), by, loaded({}), "0.0.0");
  };
  EXPECT_EQ(text(1), text(2));
}

}  // namespace
}  // namespace renown::attack
