#include "evaluate/comparison.h"

#include <cmath>

#include <gtest/gtest.h>

#include "base/hash.h"

namespace renown::evaluate {
namespace {

constexpr auto kReposters = static_cast<std::size_t>(Outcome::reposters);
constexpr auto at(Measure measure) {
  return static_cast<std::size_t>(measure);
}

/// People whose outcome is their number, of whom every second has five engagers.
Panel numbered_people(std::uint32_t count) {
  Panel panel;
  for (std::uint32_t i = 0; i < count; ++i) {
    panel.people.push_back(i);
    for (auto& outcome : panel.outcomes) outcome.push_back(i);
    panel.acts.push_back(static_cast<double>(base::mix64(i) % 50));
    panel.engagers.push_back(i % 2 == 0 ? 5.0 : 4.0);
    panel.tie_keys.push_back(base::mix64(i + 1000));
  }
  return panel;
}

std::vector<double> noisy(std::uint32_t count, std::uint64_t seed, std::uint64_t noise) {
  std::vector<double> values;
  for (std::uint32_t i = 0; i < count; ++i) values.push_back(i + static_cast<double>(base::mix64(seed + i) % noise));
  return values;
}

Comparison comparison(const Panel& panel, const std::vector<Candidate>& candidates, std::size_t samples = 50,
                      std::size_t threads = 1) {
  pipeline::NoProgress progress;
  return *compare(panel, candidates, samples, 1, threads, "samples", progress);
}

TEST(Comparison, of_a_perfect_score_and_an_upside_down_one) {
  const Panel panel = numbered_people(200);
  std::vector<double> upside_down;
  for (const double value : panel.outcomes[kReposters]) upside_down.push_back(-value);
  const Comparison result =
      comparison(panel, {{"perfect", true, {panel.outcomes[kReposters]}}, {"upside down", false, {upside_down}}});
  const auto& perfect = result.candidates[0].figures[kReposters];
  const auto& worst = result.candidates[1].figures[kReposters];
  for (const Measure measure : {Measure::spearman, Measure::spearman_engaged, Measure::kendall, Measure::ndcg_100,
                                Measure::ndcg_1000, Measure::ndcg_100_linear, Measure::precision_100, Measure::partial})
    EXPECT_NEAR(*perfect[at(measure)].value, 1.0, 1e-12) << kMeasureNames[at(measure)];
  EXPECT_NEAR(*worst[at(Measure::spearman)].value, -1.0, 1e-12);
  EXPECT_NEAR(*worst[at(Measure::precision_100)].value, 0.0, 1e-12);
  EXPECT_NEAR(perfect[at(Measure::spearman)].interval->low, 1.0, 1e-12);
  ASSERT_EQ(result.differences.size(), 1u);
  EXPECT_NEAR(*result.differences[0].figures[kReposters][at(Measure::kendall)].value, 2.0, 1e-12);
}

TEST(Comparison, a_score_and_itself_differ_by_nothing_in_every_sample) {
  const Panel panel = numbered_people(100);
  const auto values = noisy(100, 1, 60);
  const Comparison result = comparison(panel, {{"model", true, {values}}, {"twin", false, {values}}});
  for (const auto& measures : result.differences[0].figures) {
    for (const Estimate& estimate : measures) {
      EXPECT_EQ(*estimate.value, 0.0);
      EXPECT_EQ(estimate.interval->low, 0.0);
      EXPECT_EQ(estimate.interval->high, 0.0);
    }
  }
}

TEST(Comparison, means_draws_and_says_how_far_they_lie_apart) {
  const Panel panel = numbered_people(100);
  const auto a = noisy(100, 1, 60);
  const auto b = noisy(100, 2, 90);
  const Comparison alone = comparison(panel, {{"a", true, {a}}, {"b", true, {b}}});
  const Comparison both = comparison(panel, {{"drawn", true, {a, b}}});
  const double rho_a = *alone.candidates[0].figures[kReposters][0].value;
  const double rho_b = *alone.candidates[1].figures[kReposters][0].value;
  EXPECT_NEAR(*both.candidates[0].figures[kReposters][0].value, (rho_a + rho_b) / 2.0, 1e-12);
  EXPECT_NEAR(both.candidates[0].deviation[kReposters][0], std::abs(rho_a - rho_b) / std::sqrt(2.0), 1e-12);
  ASSERT_EQ(both.candidates[0].draws.size(), 2u);
  EXPECT_EQ(both.candidates[0].draws[1][kReposters][0], rho_b);
  EXPECT_TRUE(std::isnan(alone.candidates[0].deviation[kReposters][0]));
  EXPECT_TRUE(alone.differences.empty());  // no baseline
}

TEST(Comparison, five_engagers_are_enough_and_four_are_not) {
  Panel panel = numbered_people(40);
  std::vector<double> values = panel.outcomes[kReposters];
  for (std::size_t i = 1; i < values.size(); i += 2) values[i] = 1000.0 - values[i];  // those with four: upside down
  const Comparison result = comparison(panel, {{"model", true, {values}}});
  EXPECT_NEAR(*result.candidates[0].figures[kReposters][at(Measure::spearman_engaged)].value, 1.0, 1e-12);
  EXPECT_LT(*result.candidates[0].figures[kReposters][at(Measure::spearman)].value, 0.9);
}

TEST(Comparison, without_samples_has_no_intervals) {
  const Comparison result = comparison(numbered_people(10), {{"a", true, {noisy(10, 1, 5)}}}, 0);
  EXPECT_TRUE(result.candidates[0].figures[kReposters][0].value);
  EXPECT_FALSE(result.candidates[0].figures[kReposters][0].interval);
}

TEST(Comparison, is_the_same_for_any_number_of_threads) {
  const Panel panel = numbered_people(150);
  const std::vector<Candidate> candidates = {{"a", true, {noisy(150, 1, 60), noisy(150, 3, 60)}},
                                             {"b", false, {noisy(150, 2, 90)}}};
  const Comparison one = comparison(panel, candidates, 21, 1);
  const Comparison three = comparison(panel, candidates, 21, 3);
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    for (std::size_t measure = 0; measure < kMeasures; ++measure) {
      const Estimate& a = one.differences[0].figures[outcome][measure];
      const Estimate& b = three.differences[0].figures[outcome][measure];
      EXPECT_EQ(a.value, b.value);
      EXPECT_EQ(a.interval->low, b.interval->low);
      EXPECT_EQ(a.interval->high, b.interval->high);
    }
  }
}

TEST(Comparison, ends_when_asked_to_stop) {
  struct Stopped : pipeline::NoProgress {
    bool cancelled() override { return true; }
  } stopped;
  const auto result = compare(numbered_people(10), {{"a", true, {noisy(10, 1, 5)}}}, 10, 1, 1, "samples", stopped);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace renown::evaluate
