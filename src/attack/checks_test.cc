#include "attack/checks.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "attack/test_world.h"

namespace renown::attack {
namespace {

Gain gain(double raw_before, double raw_after, double bound_before, double bound_after, double points = 0.0) {
  return {.account = {"forum", "hazel"},
          .raw_before = raw_before,
          .raw_after = raw_after,
          .points_before = 10.0,
          .points_after = 10.0 + points,
          .bound_before = bound_before,
          .bound_after = bound_after,
          .bound_before_points = {},
          .bound_after_points = {}};
}

ShareReport report(const std::string& scenario, std::vector<Gain> gains, double share = 0.1) {
  ShareReport report;
  report.share = share;
  report.is_protected = share > 0.0;
  report.draws.emplace_back().median_points = 12.0;
  const Scenario& found = *std::ranges::find(all_scenarios(), scenario, &Scenario::name);
  report.scenarios.push_back({found, {std::move(gains)}, {}, {}, false});
  return report;
}

/// "pass" or "FAIL" of the check whose text holds `words`; "" where there is none.
std::string verdict(const ShareReport& report, const std::string& words, double percentile = 90.0) {
  for (const Check& check : check(report, {percentile})) {
    if (check.text.find(words) != std::string::npos) return check.passed ? "pass" : check.promise ? "FAIL" : "missed";
  }
  return "";
}

TEST(Checks, the_bound_of_the_attacked_run_can_be_broken) {
  const std::string words = "bound of the attacked run";
  EXPECT_EQ(verdict(report("accomplices-3", {gain(1, 5, 4, 5)}), words), "pass") << "on the bound";
  EXPECT_EQ(verdict(report("accomplices-3", {gain(1, 5.000001, 4, 5)}), words), "FAIL");
  EXPECT_EQ(verdict(report("accomplices-3", {gain(1, 2, 4, 5), gain(1, 6, 4, 5)}), words), "FAIL");
  EXPECT_EQ(verdict(report("accomplices-3", {gain(1, 9, 4, 5)}, 0.0), words), "") << "unprotected";
  EXPECT_EQ(verdict(report("accomplices-3", {}), words), "") << "nobody attacked";
}

TEST(Checks, the_printed_bound_binds_whom_nobody_verified) {
  const std::string words = "bound printed before";
  EXPECT_EQ(verdict(report("once-10", {gain(1, 4, 4, 4)}), words), "pass");
  EXPECT_EQ(verdict(report("once-10", {gain(1, 4.5, 4, 5)}), words), "FAIL");
  EXPECT_EQ(verdict(report("accomplices-3", {gain(1, 4.5, 4, 5)}), words), "") << "accomplices raise it";
}

TEST(Checks, own_acts_gain_nothing_and_lose_nothing) {
  const std::string words = "own acts gain";
  EXPECT_EQ(verdict(report("own-likes", {gain(2, 2, 4, 4)}), words), "pass");
  EXPECT_EQ(verdict(report("own-likes", {gain(2, 2 + 1e-9, 4, 4)}), words), "FAIL");
  EXPECT_EQ(verdict(report("own-likes", {gain(2, 2 - 1e-9, 4, 4)}), words), "FAIL");
  EXPECT_EQ(verdict(report("own-likes", {gain(2, 2.1, 4, 4)}, 0.0), words), "FAIL") << "unprotected too";
  EXPECT_EQ(verdict(report("once-10", {gain(2, 3, 4, 4)}), words), "");
}

TEST(Checks, own_acts_are_not_to_change_what_the_farm_search_finds) {
  ShareReport own = report("own-likes", {gain(2, 2, 4, 4)});
  EXPECT_EQ(verdict(own, "findings of the farm search"), "");
  EXPECT_EQ(verdict(own, "finding of the farm search"), "pass");
  own.scenarios.front().most_where_searched = 0.5;
  EXPECT_EQ(verdict(own, "findings of the farm search"), "missed");
}

TEST(Checks, crowds_have_goals_at_a_tenth_and_a_fiftieth) {
  const auto at = [](std::vector<double> points, double share, double percentile = 90.0) {
    std::vector<Gain> gains;
    for (const double each : points) gains.push_back(gain(1, 2, 4, 4, each));
    return verdict(report("once-10", gains, share), "crowds buy", percentile);
  };
  EXPECT_EQ(at({5, 5}, 0.1), "pass");
  EXPECT_EQ(at({5, 5.1}, 0.1), "missed");
  EXPECT_EQ(at({0, 12.1}, 0.1), "missed") << "too much at most";
  EXPECT_EQ(at({11, 13}, 0.02, 99.0), "pass");
  EXPECT_EQ(at({12, 12.1}, 0.02), "missed");
  EXPECT_EQ(at({50}, 0.05), "");
  EXPECT_EQ(at({50}, 0.1, 50.0), "") << "no goal for the median";
}

TEST(Checks, bots_are_held_against_the_median_person) {
  const auto at = [](const std::string& name, double points) {
    return verdict(report(name, {gain(0, 1, 1, 1, points)}), "below the median");  // 10 + points; the median has 12
  };
  EXPECT_EQ(at("quote-bot-1", 1.9), "pass");
  EXPECT_EQ(at("quote-bot-5", 2.0), "missed");
  EXPECT_EQ(at("quote-bot-audience-5", 5.0), "") << "it has more people around it than such bots have";
  EXPECT_EQ(at("reply-bot", 3.0), "missed");
  EXPECT_EQ(at("reply-bot-liked", 30.0), "");
}

TEST(Checks, posting_more_is_to_gain_nothing) {
  const auto at = [](double every_minute) {
    ShareReport bots = report("quote-bot-audience-1", {gain(0, 1, 1, 1, every_minute)});
    const ShareReport slow = report("quote-bot-audience-30", {gain(0, 1, 1, 1, 3.0)});
    bots.scenarios.push_back(slow.scenarios.front());
    return verdict(bots, "posting more");
  };
  EXPECT_EQ(at(3.0), "pass");
  EXPECT_EQ(at(4.0), "pass");
  EXPECT_EQ(at(4.1), "missed");
  EXPECT_EQ(verdict(report("quote-bot-audience-1", {gain(0, 1, 1, 1)}), "posting more"), "") << "nothing to compare";
}

TEST(Checks, farms_of_many_customers_are_to_be_found) {
  const auto at = [](const std::string& name, std::uint64_t found, std::uint64_t wrong) {
    ShareReport farm = report(name, {gain(1, 1, 4, 4)});
    farm.scenarios.front().totals.planted_accounts = 1'000;
    farm.scenarios.front().totals.flagged_planted = found;
    farm.scenarios.front().totals.flagged_real = wrong;
    return verdict(farm, "farms of 20");
  };
  EXPECT_EQ(at("farm-20", 990, 10), "pass");
  EXPECT_EQ(at("farm-20", 989, 0), "missed");
  EXPECT_EQ(at("farm-20", 1'000, 11), "missed");
  EXPECT_EQ(at("farm-20", 0, 0), "missed");
  EXPECT_EQ(at("farm-5", 0, 0), "");
}

}  // namespace
}  // namespace renown::attack
