#include "generate/faults.h"

#include <array>

#include <gtest/gtest.h>

namespace renown::generate {
namespace {

TEST(Faults, none_where_none_are_wanted) {
  const Faults faults(Draws(1), 0.0);
  EXPECT_FALSE(faults.any());
  for (std::uint64_t row = 0; row < 10'000; ++row) ASSERT_EQ(faults.of(row), Fault::none);
}

TEST(Faults, are_as_many_of_each_as_is_said) {
  constexpr std::uint64_t kRows = 400'000;
  constexpr std::array<double, kFaults> kShares = {0.95, 0.0125, 0.01, 0.0125, 0.01, 0.005};
  const Faults faults(Draws(7), 0.05);
  std::array<double, kFaults> counts{};
  for (std::uint64_t row = 0; row < kRows; ++row) ++counts[static_cast<std::size_t>(faults.of(row))];
  for (std::size_t fault = 0; fault < kFaults; ++fault)
    EXPECT_NEAR(counts[fault] / kRows, kShares[fault], 0.001) << fault;
}

TEST(Faults, are_about_earlier_rows_without_one) {
  const Faults faults(Draws(3), 0.5);
  for (std::uint64_t row = 0; row < 20'000; ++row) {
    const Fault fault = faults.of(row);
    if (fault == Fault::twin) {
      ASSERT_GT(row, 0u);
      ASSERT_EQ(faults.of(row - 1), Fault::none);
    }
    if (fault != Fault::repeat && fault != Fault::undo) continue;
    ASSERT_LT(faults.earlier(row), row);
    ASSERT_EQ(faults.of(faults.earlier(row)), Fault::none);
  }
}

TEST(Faults, rows_are_late_by_a_minute_to_three_days) {
  const Faults faults(Draws(3), 0.5);
  for (std::uint64_t row = 0; row < 20'000; ++row) {
    ASSERT_GE(faults.lateness(row), 60);
    ASSERT_LE(faults.lateness(row), 3 * 86'400);
  }
}

}  // namespace
}  // namespace renown::generate
