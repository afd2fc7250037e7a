#include "generate/statistics.h"

#include <gtest/gtest.h>

namespace renown::generate {
namespace {

void expect_figures_of_real_logs(std::uint64_t rows) {
  const auto world = World::create({.people = rows, .days = 7, .rows = rows, .seed = 11, .start = 1'704'067'200});
  ASSERT_TRUE(world) << world.error().message;
  for (const Figure& figure : measure(*world)) {
    EXPECT_NEAR(figure.measured, figure.wanted, figure.tolerance) << figure.name;
    testing::Test::RecordProperty(figure.name, std::to_string(figure.measured));
  }
}

TEST(World, has_the_statistics_of_real_logs) {
  expect_figures_of_real_logs(500'000);
}

TEST(LongWorld, has_the_statistics_of_real_logs_with_ten_million_rows) {
  expect_figures_of_real_logs(10'000'000);
}

}  // namespace
}  // namespace renown::generate
