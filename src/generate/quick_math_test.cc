#include "generate/quick_math.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "base/math.h"
#include "generate/draws.h"

namespace renown::generate {
namespace {

TEST(QuickMath, corners) {
  EXPECT_EQ(quick_exp(0.0), 1.0);
  EXPECT_EQ(quick_exp(-701.0), 0.0);
  EXPECT_GT(quick_exp(-699.0), 0.0);
  EXPECT_TRUE(std::isfinite(quick_exp(700.0)));
  EXPECT_NEAR(quick_log(1.0), 0.0, 1e-15);
  for (const double x : {0x1p-1022, 0.5, 0x1.fffffffffffffp-1, 1.0, 2.0, 0x1p52, 1e300})
    EXPECT_NEAR(quick_log(x), std::log(x), 1e-15 * std::max(1.0, std::abs(std::log(x)))) << x;
}

TEST(QuickMath, agrees_with_the_slow_functions_to_the_errors_it_states) {
  const Draws draws(1);
  double worst_log = 0.0, worst_exp = 0.0;
  for (std::uint64_t i = 0; i < 300'000; ++i) {
    const double x = 1400.0 * draws.uniform(Purpose::lag, i) - 700.0;
    const double exact = base::exp(x);
    worst_exp = std::max(worst_exp, std::abs(quick_exp(x) / exact - 1.0) / std::max(1.0, std::abs(x)));
    for (const double y : {exact, 1.0 + x * 0x1p-20, 1.0 + x * 0x1p-10 + 1.0}) {
      const double wanted = std::log(y);
      worst_log = std::max(worst_log, std::abs(quick_log(y) - wanted) / std::max(1.0, std::abs(wanted)));
    }
  }
  EXPECT_LT(worst_exp, 1e-15);
  EXPECT_LT(worst_log, 1e-15);
}

}  // namespace
}  // namespace renown::generate
