#include "fit/fit_measures.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "evaluate/examiner.h"

namespace renown::fit {
namespace {

using evaluate::Measure;
using evaluate::Outcome;

/// Small whole numbers, so that ties abound.
double draw(std::uint64_t seed, std::uint64_t i, std::uint64_t below) {
  return static_cast<double>(base::mix64(base::mix64(seed) + i) % below);
}

evaluate::Panel panel_of(std::uint64_t seed, std::uint32_t people, bool reposts) {
  evaluate::Panel panel;
  for (auto& outcome : panel.outcomes) outcome.resize(people);
  for (std::uint32_t i = 0; i < people; ++i) {
    panel.people.push_back(i);
    panel.engagers.push_back(1.0 + draw(seed, i, 10));
    panel.acts.push_back(panel.engagers.back());
    panel.tie_keys.push_back(base::mix64(seed ^ i));
    panel.outcomes[static_cast<std::size_t>(Outcome::engagers)][i] = draw(seed + 1, i, 7);
    panel.outcomes[static_cast<std::size_t>(Outcome::reposters)][i] = reposts ? draw(seed + 2, i, 4) + (i == 0) : 0.0;
    panel.outcomes[static_cast<std::size_t>(Outcome::reach)][i] = reposts ? draw(seed + 3, i, 30) : 0.0;
  }
  return panel;
}

double examined(const evaluate::Sheet& sheet, Outcome outcome, Measure measure) {
  return sheet[static_cast<std::size_t>(outcome)][static_cast<std::size_t>(measure)];
}

void expect_same(double a, double b) {
  if (std::isnan(b)) {
    EXPECT_TRUE(std::isnan(a));
  } else {
    EXPECT_NEAR(a, b, 1e-12);
  }
}

TEST(FitMeasures, AreThoseOfTheExam) {
  for (const std::uint32_t people : {1u, 2u, 7u, 99u, 101u, 1500u}) {
    for (const bool reposts : {true, false}) {
      const evaluate::Panel panel = panel_of(people, people, reposts);
      std::vector<double> values;
      for (std::uint32_t i = 0; i < people; ++i) values.push_back(draw(99, i, 50));
      const Figures figures = FitMeasures(panel)(values);
      const evaluate::Examiner examiner(panel);
      const evaluate::Sheet sheet = examiner.examine(examiner.rank(values), examiner.whole());
      const Outcome outcome = reposts ? Outcome::reposters : Outcome::engagers;
      expect_same(figures[0], examined(sheet, outcome, Measure::spearman_engaged));
      expect_same(figures[1], examined(sheet, outcome, Measure::ndcg_1000));
      expect_same(figures[2], reposts ? examined(sheet, Outcome::reach, Measure::ndcg_100)
                                      : std::numeric_limits<double>::quiet_NaN());
    }
  }
}

TEST(FitMeasures, NothingCameAfter) {
  evaluate::Panel panel = panel_of(1, 10, false);
  for (auto& outcome : panel.outcomes) outcome.assign(10, 0.0);
  const FitMeasures measures(panel);
  EXPECT_FALSE(measures.any());
  EXPECT_TRUE(std::isnan(worst(measures(std::vector<double>(10, 1.0)))));
}

TEST(FitMeasures, WorstRatioLeavesOutWhatHasNoMeaning) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  struct Case {
    Figures figures, simple;
    double worst;
  };
  for (const Case& c :
       {Case{{0.5, 0.9, 0.6}, {0.5, 0.6, 0.5}, 1.0}, Case{{0.4, 0.9, 0.6}, {0.5, 0.6, 0.5}, 0.8},
        Case{{none, 0.3, 0.6}, {0.5, 0.6, 0.5}, 0.5}, Case{{0.1, 0.6, none}, {none, 0.6, none}, 1.0},
        Case{{none, none, none}, {0.5, 0.5, 0.5}, none}, Case{{0.1, 0.1, 0.1}, {0.0, -0.1, none}, none}})
    expect_same(worst(ratios(c.figures, c.simple)), c.worst);
}

TEST(FitMeasures, MeanLeavesOutWhatHasNoMeaning) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  expect_same(mean({0.9, 1.0, 1.1}), 1.0);
  expect_same(mean({none, 1.0, 1.1}), 1.05);
  expect_same(mean({none, none, none}), none);
}

}  // namespace
}  // namespace renown::fit
