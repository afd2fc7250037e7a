#include "fit/fit.h"

#include <cmath>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/time.h"
#include "evaluate/history.h"
#include "fit/trial.h"
#include "score/model_file.h"

namespace renown::fit {
namespace {

constexpr std::int64_t kDay = base::kSecondsPerDay;
constexpr std::int64_t kStart = 1'700'000'000;
constexpr std::int64_t kEnd = kStart + 10 * kDay;

std::uint64_t draw(std::uint64_t what, std::uint64_t i) {
  return base::mix64(base::mix64(what) + i);
}

/// Ten days in which the popular stay popular: people 0-29 draw most of the reposts and mentions of 300 others.
aggregate::EventTable small_log() {
  aggregate::EventTable events;
  for (std::uint64_t i = 0; i < 4000; ++i) {
    const std::uint64_t popular = draw(1, i) % 30;
    const std::uint64_t target = popular * (draw(2, i) % 30) / 30;  // smaller numbers more often
    Interaction row;
    const std::string actor = fmt::format("a{}", draw(3, i) % 300), name = fmt::format("t{}", target);
    const std::string post = fmt::format("p{}", i);
    row.time = kStart + static_cast<std::int64_t>(i) * (10 * kDay) / 4000;
    row.network = "n";
    row.kind = draw(4, i) % 3 == 0 ? Kind::mention : Kind::repost;
    row.actor = actor;
    row.target = name;
    row.post = post;
    row.id = "";
    row.tags = "";
    events.add(row);
  }
  return events;
}

void plant(aggregate::EventTable& events, const std::string& actor, const std::string& target, std::int64_t time) {
  Interaction row;
  row.time = time;
  row.network = "n";
  row.kind = Kind::repost;
  row.actor = actor;
  row.target = target;
  row.post = row.id = row.tags = "";
  events.add(row);
}

ScoreModel base_model() {
  return *score::parse_model(score::shipped_model(score::kDefaultModel), "base");
}

pipeline::LoadedLists lists(bool verified) {
  pipeline::LoadedLists result;
  if (!verified) return result;
  result.verified.emplace();
  for (int i = 0; i < 300; i += 5) result.verified->insert({"n", fmt::format("a{}", i)});
  return result;
}

Result<FitResult> fit(aggregate::EventTable events, bool verified, std::size_t threads = 1, double step = 2.0) {
  pipeline::NoProgress progress;
  return fit_model(std::move(events), lists(verified), base_model(), kEnd,
                   {.step_days = step, .room_base_share = 0.2, .threads = threads}, progress);
}

TEST(Fit, IsTheSameForAnyNumberOfThreads) {
  const auto one = fit(small_log(), true, 1), three = fit(small_log(), true, 3);
  ASSERT_TRUE(one) << one.error().message;
  ASSERT_TRUE(three);
  EXPECT_EQ(score::constants(one->model), score::constants(three->model));
  EXPECT_EQ(one->search.best.worth, three->search.best.worth);
  EXPECT_EQ(one->search.tried, three->search.tried);
}

TEST(Fit, FindsNothingWorseThanTheSimpleCountOnItsOwnSteps) {
  for (const bool verified : {true, false}) {
    const auto fitted = fit(small_log(), verified);
    ASSERT_TRUE(fitted);
    EXPECT_GE(fitted->search.best.worth, fitted->search.simple.worth);
    ASSERT_EQ(fitted->steps.size(), 2u);
    EXPECT_EQ(fitted->steps[0].split.until, kEnd);
    EXPECT_EQ(fitted->steps[0].split.time, kEnd - kDay);
    EXPECT_EQ(fitted->steps[1].split.time, kEnd - 2 * kDay);
    ASSERT_TRUE(fitted->check);
    EXPECT_EQ(fitted->check->split.time, kEnd - 2 * kDay);
    EXPECT_EQ(fitted->fell_back, simple_wins(*fitted->check));
  }
}

TEST(Fit, RoomForStrangersIsAFifthOfKappaButAtMostFivePeople) {
  struct Case {
    double verified_share, room_base_share;
  };
  for (const Case& c : {Case{1.0, 0.2}, Case{0.1, 0.2}, Case{0.04, 0.2}, Case{0.02, 0.1}, Case{0.005, 0.025}})
    EXPECT_DOUBLE_EQ(default_room_base_share(c.verified_share), c.room_base_share) << c.verified_share;
}

TEST(Fit, KeepsWhatItDoesNotFit) {
  const auto fitted = fit(small_log(), true);
  ASSERT_TRUE(fitted);
  const ScoreModel base = base_model();
  EXPECT_EQ(fitted->model.window_days, base.window_days);
  EXPECT_EQ(fitted->model.standing_weight, base.standing_weight);
  EXPECT_EQ(fitted->model.verified_share, base.verified_share);
  EXPECT_EQ(fitted->model.scale_top, base.scale_top);
  EXPECT_EQ(fitted->model.room_base_share, 0.2);
}

TEST(Fit, FallsBackWhereTheCountWinsTheCheck) {
  struct Case {
    Figures fitted, simple;
    bool falls_back;
  };
  const Figures best = {0.5, 0.6, 0.7};
  for (const Case& c : {Case{{0.5, 0.6, 0.7}, {0.5, 0.6, 0.7}, false},    // equal: the fit stands
                        Case{{0.49, 0.6, 0.7}, {0.5, 0.6, 0.7}, false},   // beaten by .007 on average: chance
                        Case{{0.49, 0.6, 0.7}, {0.5, 0.66, 0.7}, true},   // by .04
                        Case{{0.45, 0.66, 0.7}, {0.5, 0.6, 0.7}, false},  // lost here, won there
                        Case{{0.5, 0.6, std::nan("")}, {0.55, 0.6, std::nan("")}, true}})
    EXPECT_EQ(simple_wins({.split = {}, .weight = 1, .best_simple = best, .fitted = c.fitted, .simple = c.simple}),
              c.falls_back);
}

/// Accounts that nobody verified praise their customers after the splits, as a farm would to teach the fit.
TEST(Fit, AFarmTeachesNothingWhereThereIsAVerifiedList) {
  aggregate::EventTable poisoned = small_log();
  for (int customer = 20; customer < 30; ++customer) {
    for (int fake = 0; fake < 50; ++fake)
      plant(poisoned, fmt::format("f{}-{}", customer, fake), fmt::format("t{}", customer), kEnd - kDay / 4 + fake);
  }
  const auto clean = fit(small_log(), true), taught = fit(poisoned, true);
  ASSERT_TRUE(clean);
  ASSERT_TRUE(taught);
  EXPECT_EQ(score::constants(taught->model), score::constants(clean->model));
  EXPECT_EQ(taught->search.best.worth, clean->search.best.worth);
  // The same fakes do teach a fit without a list: the test above can fail.
  const auto open = fit(small_log(), false), open_taught = fit(poisoned, false);
  ASSERT_TRUE(open);
  ASSERT_TRUE(open_taught);
  EXPECT_NE(open_taught->search.best.worth, open->search.best.worth);
}

TEST(Fit, SaysWhatIsMissing) {
  struct Case {
    double step;
    ErrorCode code;
    std::string says;
  };
  for (const Case& c : {Case{10.0, ErrorCode::usage, "--step 10: the log before 2023-11-24T22:13:20Z is 10 days long"},
                        Case{1e-4, ErrorCode::not_enough_data, "there is nothing to fit to"}}) {
    const auto fitted = fit(small_log(), true, 1, c.step);
    ASSERT_FALSE(fitted);
    EXPECT_EQ(fitted.error().code, c.code);
    EXPECT_NE(fitted.error().message.find(c.says), std::string::npos) << fitted.error().message;
  }
  EXPECT_EQ(fit({}, true).error().code, ErrorCode::not_enough_data);
}

/// The sums by half-life that a trial works on give the figures of real runs.
TEST(Trial, FiguresAreThoseOfTheScore) {
  aggregate::EventTable events = small_log();
  events.order_accounts();
  ScoreModel model = base_model();
  model.standing_weight = 0.0;
  const Grid grid = make_grid(2.0, model.window_days);
  const evaluate::Split split{.label = "8", .time = kEnd - 2 * kDay, .until = kEnd};
  const auto candidates = time_candidates(grid);
  const std::vector<KindWeights> rungs = {{}, {0.6, 0.4}};
  for (const bool verified : {true, false}) {
    const pipeline::LoadedLists by = lists(verified);
    const Past past = make_past(events, by, model, split, 1);
    for (const KindWeights& kinds : rungs) {
      const ScoreModel weighed = with_weights(model, {}, kinds);
      const Trial trial(past, grid, act_weights(past, weighed), weighed);
      for (std::size_t i = 0; i < candidates.size(); i += 97) {
        const ScoreModel whole = with_weights(model, candidates[i], kinds);
        const score::ScoreRun run = pipeline::score_events(events, by, whole, split.time, 1);
        std::vector<double> raw;
        for (const aggregate::PersonId person : past.panel.people) raw.push_back(run.cards[person].raw);
        const Figures real = FitMeasures(past.panel)(raw), quick = trial.figures(candidates[i]);
        for (std::size_t m = 0; m < kFitMeasures; ++m) EXPECT_NEAR(quick[m], real[m], 1e-9) << i << " " << m;
      }
    }
  }
}

}  // namespace
}  // namespace renown::fit
