#include "evaluate/daily_moves.h"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/time.h"
#include "score/fading.h"
#include "score/points.h"

namespace renown::evaluate {
namespace {

constexpr std::int64_t kDay = base::kSecondsPerDay;
constexpr std::int64_t kStart = 400 * kDay;

/// A log as text: who did something on whom, how many days after kStart.
struct Row {
  std::string actor, target;
  double day = 0;
  Kind kind = Kind::like;
};

aggregate::EventTable table_of(const std::vector<Row>& rows) {
  aggregate::EventTable events;
  for (const Row& row : rows) {
    events.add({.time = kStart + static_cast<std::int64_t>(row.day * static_cast<double>(kDay)),
                .kind = row.kind,
                .network = "n",
                .actor = row.actor,
                .target = row.target,
                .post = "",
                .id = "",
                .tags = ""});
  }
  return events;
}

ScoreModel shipped() {
  return *pipeline::load_model({});
}

DailyMoves moves(const std::vector<Row>& rows, double first_day, std::size_t days, const ScoreModel& model = shipped(),
                 std::size_t threads = 1) {
  pipeline::NoProgress progress;
  const auto result =
      daily_moves(table_of(rows), {}, model, kStart + static_cast<std::int64_t>(first_day * static_cast<double>(kDay)),
                  days, threads, progress);
  return *result;
}

/// `count` people who engage with `target` on that day.
std::vector<Row> crowd(std::size_t count, const std::string& target, double day) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < count; ++i) rows.push_back({"fan" + std::to_string(i), target, day});
  return rows;
}

std::vector<Row> joined(std::vector<Row> a, const std::vector<Row>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// Points of `count` first-time engagers of that age.
double points(double count, double age_days) {
  const ScoreModel model = shipped();
  const double w = model.fast_share * score::Fading(model.half_life_fast_days, model.window_days)(age_days) +
                   model.slow_share * score::Fading(model.half_life_slow_days, model.window_days)(age_days);
  return score::Scale(model).points(count * w);
}

TEST(MoveSizes, corners) {
  struct Case {
    const char* name;
    std::vector<double> moves;
    double mean, p99, largest;
  };
  std::vector<double> hundred(100, 1.0);
  hundred[50] = 3.0;
  std::vector<double> two_hundred(200, 1.0);
  two_hundred[7] = two_hundred[8] = two_hundred[9] = 3.0;
  const std::vector<Case> cases = {{"none", {}, 0, 0, 0},
                                   {"one", {2.0}, 2, 2, 2},
                                   {"ties", {1.0, 1.0, 1.0}, 1, 1, 1},
                                   {"one in a hundred is above", hundred, 1.02, 1, 3},
                                   {"three in two hundred are not", two_hundred, 1.03, 3, 3}};
  for (Case test : cases) {
    const MoveSizes sizes = move_sizes(test.moves);
    EXPECT_EQ(sizes.person_days, test.moves.size()) << test.name;
    EXPECT_DOUBLE_EQ(sizes.mean, test.mean) << test.name;
    EXPECT_EQ(sizes.p99, test.p99) << test.name;
    EXPECT_EQ(sizes.largest, test.largest) << test.name;
  }
}

TEST(DailyMoves, of_nobody_and_below_the_floor_are_none) {
  for (const auto& rows : {std::vector<Row>{}, crowd(2, "ann", -1)}) {
    const DailyMoves found = moves(rows, 0, 5);
    EXPECT_EQ(found.all.person_days, 0u);
    EXPECT_EQ(found.scores_gained + found.scores_lost, 0u);
  }
  pipeline::NoProgress progress;
  EXPECT_FALSE(daily_moves({}, {}, shipped(), kStart, 0, 1, progress));
}

TEST(DailyMoves, of_a_person_whom_nobody_engages_any_more_are_fading) {
  const DailyMoves found = moves(crowd(10, "ann", -1), 0, 2);
  const double first = points(10, 1) - points(10, 2);
  const double second = points(10, 2) - points(10, 3);
  EXPECT_EQ(found.all.person_days, 2u);
  EXPECT_EQ(found.quiet.person_days, 2u);
  EXPECT_NEAR(found.all.mean, (first + second) / 2, 1e-12);
  EXPECT_NEAR(found.all.largest, std::max(first, second), 1e-12);
  EXPECT_EQ(found.by_engagers[1].person_days, 2u);
}

TEST(DailyMoves, of_a_day_with_a_new_act_are_not_quiet) {
  // The act comes on the second of three days; the third is quiet again.
  const DailyMoves found = moves(joined(crowd(10, "ann", -1), {{"new", "ann", 1.5}}), 0, 3);
  EXPECT_EQ(found.all.person_days, 3u);
  EXPECT_EQ(found.quiet.person_days, 2u);
}

TEST(DailyMoves, an_act_in_the_second_of_as_of_belongs_to_the_day_after) {
  EXPECT_EQ(moves(joined(crowd(10, "ann", -1), {{"new", "ann", 1.0}}), 0, 1).quiet.person_days, 1u);
  EXPECT_EQ(moves(joined(crowd(10, "ann", -1), {{"new", "ann", 1.0}}), 1, 1).quiet.person_days, 0u);
}

TEST(DailyMoves, a_withdrawn_act_is_no_quiet_day) {
  const DailyMoves found = moves(joined(crowd(10, "ann", -1), {{"fan3", "ann", 0.5, Kind::undo}}), 0, 1);
  EXPECT_EQ(found.all.person_days, 1u);
  EXPECT_EQ(found.quiet.person_days, 0u);
}

TEST(DailyMoves, a_new_act_and_a_withdrawn_one_are_no_quiet_day_though_their_number_is_the_same) {
  // The new act comes in the very second of the first as_of, so it belongs to the day.
  const std::vector<Row> rows = {{"new", "ann", 0.0}, {"fan3", "ann", 0.5, Kind::undo}};
  EXPECT_EQ(moves(joined(crowd(10, "ann", -1), rows), 0, 1).quiet.person_days, 0u);
}

TEST(DailyMoves, scores_come_with_the_third_engager_and_go_when_it_leaves) {
  auto rows = crowd(3, "ann", -1);
  rows[2].day = 0.5;
  EXPECT_EQ(moves(rows, 0, 1).scores_gained, 1u);
  EXPECT_EQ(moves(rows, 0, 1).all.person_days, 0u);
  EXPECT_EQ(moves(rows, 177, 1).all.person_days, 1u);
  EXPECT_EQ(moves(rows, 177, 2).scores_lost, 1u);
}

TEST(DailyMoves, bursts_are_told_apart_when_they_come_and_when_they_leave) {
  struct Case {
    const char* name;
    std::size_t people;
    double first_day;
    std::uint64_t quiet, fresh, leaving;
  };
  // Everybody comes half a day before day 0, and is outside the window from day 179.5 on.
  const std::vector<Case> cases = {{"300 people are no burst", 300, 0, 1, 0, 0},
                                   {"301 people are one", 301, 0, 1, 1, 0},
                                   {"and no longer on the third day", 301, 3, 1, 0, 0},
                                   {"nor before the last three nights", 301, 176, 1, 0, 0},
                                   {"three nights left", 301, 177, 0, 0, 1},
                                   {"300 leave", 300, 177, 1, 0, 0}};
  for (const Case& test : cases) {
    const DailyMoves found = moves(crowd(test.people, "ann", -0.5), test.first_day, 1);
    EXPECT_EQ(found.quiet.person_days, test.quiet) << test.name;
    EXPECT_EQ(found.fresh_bursts.person_days, test.fresh) << test.name;
    EXPECT_EQ(found.leaving_bursts.person_days, test.leaving) << test.name;
  }
}

TEST(DailyMoves, are_the_same_for_any_number_of_threads) {
  std::vector<Row> rows;
  for (int target = 0; target < 40; ++target) {
    const auto fans = crowd(3 + static_cast<std::size_t>(target), "p" + std::to_string(target), -0.25 * target);
    rows.insert(rows.end(), fans.begin(), fans.end());
  }
  const DailyMoves one = moves(rows, 0, 3, shipped(), 1);
  const DailyMoves two = moves(rows, 0, 3, shipped(), 2);
  EXPECT_EQ(one.all.mean, two.all.mean);
  EXPECT_EQ(one.all.p99, two.all.p99);
  EXPECT_EQ(one.all.largest, two.all.largest);
}

}  // namespace
}  // namespace renown::evaluate
