#include "generate/lanes.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "base/math.h"
#include "generate/draws.h"

namespace renown::generate {
namespace {

constexpr std::size_t kCount = 100'001;  // the last block is not full

std::vector<double> uniform() {
  const Draws draws(5);
  std::vector<double> values(kCount);
  for (std::size_t i = 0; i < kCount; ++i) values[i] = draws.uniform(Purpose::lag, i);
  return values;
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, {}, std::bit_cast<std::uint64_t, double>, std::bit_cast<std::uint64_t, double>);
}

TEST(Lanes, nothing_is_nothing) {
  raise({}, 2.0);
  to_log_normal({}, 0.0, 1.0);
}

TEST(Lanes, powers_are_those_of_the_slow_functions) {
  for (const double exponent : {-6.67, -1.0, 0.5, 1.0, 3.8}) {
    std::vector<double> values = uniform();
    for (double& value : values) value = 0.001 + 1000.0 * value;
    const std::vector<double> x = values;
    raise(values, exponent);
    for (std::size_t i = 0; i < kCount; ++i) {
      const double wanted = base::exp(exponent * base::log1p(x[i] - 1.0));
      ASSERT_NEAR(values[i] / wanted, 1.0, 1e-14) << x[i] << " ^ " << exponent;
    }
  }
}

TEST(Lanes, log_normal_numbers_are_those_drawn_one_by_one) {
  const Draws draws(5);
  std::vector<double> values = uniform();
  to_log_normal(values, 7.93, 2.17);
  for (std::size_t i = 0; i < kCount; ++i)
    ASSERT_NEAR(values[i] / draws.log_normal(Purpose::lag, i, 7.93, 2.17), 1.0, 1e-13) << i;
}

TEST(Lanes, every_width_place_and_company_gives_the_same_bits) {
  std::vector<double> wide = uniform(), plain = wide;
  raise(wide, -6.67, Width::widest);
  raise(plain, -6.67, Width::plain);
  EXPECT_TRUE(same_bits(wide, plain));
  std::vector<double> wide_draws = uniform(), plain_draws = wide_draws;
  to_log_normal(wide_draws, 6.0, 2.3, Width::widest);
  to_log_normal(plain_draws, 6.0, 2.3, Width::plain);
  EXPECT_TRUE(same_bits(wide_draws, plain_draws));
  const std::vector<double> values = uniform();
  for (std::size_t i = 0; i < 100; ++i) {
    std::vector<double> alone = {values[i]}, alone_draw = {values[i]};
    raise(alone, -6.67);
    to_log_normal(alone_draw, 6.0, 2.3);
    ASSERT_EQ(alone[0], wide[i]);
    ASSERT_EQ(alone_draw[0], wide_draws[i]);
  }
}

}  // namespace
}  // namespace renown::generate
