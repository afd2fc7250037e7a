#include "generate/timetable.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "base/time.h"

namespace renown::generate {
namespace {

constexpr std::int64_t kStart = 1'704'067'200;  // midnight

Timetable table(std::int64_t start, std::uint64_t days, std::uint64_t rows, bool stationary) {
  return {Draws(5), start, days, rows, stationary};
}

TEST(Timetable, one_row_stands_anywhere_in_its_span) {
  const Timetable times = table(kStart, 1, 1, true);
  const std::int64_t time = times.time_of(times.moment_of_row(0));
  EXPECT_GE(time, kStart);
  EXPECT_LT(time, kStart + base::kSecondsPerDay);
}

TEST(Timetable, quantiles_reach_both_ends) {
  for (const bool stationary : {false, true}) {
    const Timetable times = table(kStart, 2, 10, stationary);
    EXPECT_EQ(times.time_of(times.moment_of(0x1p-60)), kStart);
    EXPECT_EQ(times.time_of(times.moment_of(1.0 - 0x1p-53)), kStart + 2 * base::kSecondsPerDay - 1);
  }
}

TEST(Timetable, rows_are_in_order_and_found_again_by_their_time) {
  for (const bool stationary : {false, true}) {
    const Timetable times = table(kStart + 12'345, 3, 20'000, stationary);
    std::int64_t before = 0;
    for (std::uint64_t row = 0; row < 20'000; ++row) {
      const auto moment = times.moment_of_row(row);
      const std::int64_t time = times.time_of(moment);
      ASSERT_LE(before, time);
      before = time;
      const double exact = static_cast<double>(kStart + 12'345) + static_cast<double>(Timetable::kBinSeconds) *
                                                                      (static_cast<double>(moment.bin) + moment.inside);
      ASSERT_NEAR(static_cast<double>(times.row_at(exact)), static_cast<double>(row), 1.0);
    }
    EXPECT_LT(times.row_at(static_cast<double>(kStart)), 0);
    EXPECT_EQ(times.row_at(1e12), 20'000);
  }
}

TEST(Timetable, a_stationary_one_has_equal_days_and_no_shocks) {
  const Timetable times = table(kStart, 10, 1000, true);
  EXPECT_TRUE(times.shocks().empty());
  for (int day = 0; day < 10; ++day)
    EXPECT_NEAR(static_cast<double>(times.row_at(static_cast<double>(kStart) + 86'400.0 * day)), 100.0 * day, 1.0);
  EXPECT_FALSE(times.is_of_shock(times.moment_of(0.5), 0.999999));
}

TEST(Timetable, a_fifth_of_the_rows_is_due_to_shocks_and_each_decays) {
  const Timetable times = table(kStart, 30, 100'000, false);
  const Draws draws(9);
  std::uint64_t of_shocks = 0;
  std::vector<double> by_age(432);  // rows of all shocks by ten minutes since they began
  for (std::uint64_t row = 0; row < 100'000; ++row) {
    const auto moment = times.moment_of_row(row);
    if (!times.is_of_shock(moment, draws.uniform(Purpose::source, row))) continue;
    const std::uint64_t source = times.shock_at(moment, draws.uniform(Purpose::source, row));
    ++of_shocks;
    ASSERT_LT(source, times.shocks().size());
    ASSERT_GE(moment.bin, times.shocks()[source].bin);
    ASSERT_LT(moment.bin - times.shocks()[source].bin, by_age.size());
    ++by_age[moment.bin - times.shocks()[source].bin];
  }
  EXPECT_NEAR(static_cast<double>(of_shocks) / 100'000, 0.2, 0.01);
  EXPECT_NEAR(by_age[1] / by_age[0], 1.0 / 2, 0.06);
  EXPECT_NEAR(by_age[9] / by_age[0], 1.0 / 10, 0.03);
}

TEST(Timetable, hours_are_those_of_the_day_wherever_the_world_begins) {
  // The quietest hour is that from three on, the busiest that from eighteen on; a fifth of the rows are of shocks.
  for (const std::int64_t begin : {0, 6 * 3600, 23 * 3600}) {
    const Timetable times = table(kStart + begin, 300, 1'000'000, false);
    std::vector<double> by_hour(24);
    for (std::uint64_t row = 0; row < 1'000'000; row += 10)
      ++by_hour[static_cast<std::size_t>(times.time_of(times.moment_of_row(row)) / 3600 % 24)];
    EXPECT_NEAR(by_hour[18] / by_hour[3], (1.91 + 0.25) / (0.33 + 0.25), 0.3) << begin;
  }
}

}  // namespace
}  // namespace renown::generate
