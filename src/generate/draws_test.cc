#include "generate/draws.h"

#include <cmath>
#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace renown::generate {
namespace {

TEST(Draws, differ_by_seed_purpose_and_index_and_by_nothing_else) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed : {0, 1, 2}) {
    for (std::uint64_t index = 0; index < 100; ++index) {
      for (const Purpose purpose : {Purpose::moment, Purpose::actor, Purpose::shock_person})
        seen.insert(Draws(seed).bits(purpose, index));
    }
  }
  EXPECT_EQ(seen.size(), 900u);
  EXPECT_EQ(Draws(7).bits(Purpose::kind, 42), Draws(7).bits(Purpose::kind, 42));
}

TEST(Draws, are_uniform_and_log_normal) {
  constexpr std::uint64_t kCount = 200'000;
  const Draws draws(3);
  double least = 1.0, most = 0.0, sum = 0.0, logs = 0.0, squares = 0.0;
  for (std::uint64_t i = 0; i < kCount; ++i) {
    const double u = draws.uniform(Purpose::target, i);
    least = std::min(least, u);
    most = std::max(most, u);
    sum += u;
    const double log = std::log(draws.log_normal(Purpose::delay, i, 5.0, 2.0));
    logs += log;
    squares += log * log;
  }
  EXPECT_GT(least, 0.0);
  EXPECT_LT(most, 1.0);
  EXPECT_NEAR(sum / kCount, 0.5, 0.003);
  EXPECT_NEAR(logs / kCount, 5.0, 0.02);
  EXPECT_NEAR(squares / kCount - logs / kCount * logs / kCount, 4.0, 0.05);
}

TEST(NormalQuantile, known_values) {
  struct Case {
    double p, z;
  };
  for (const auto& [p, z] : std::vector<Case>{{0.5, 0.0},
                                              {0.975, 1.959963984540054},
                                              {0.025, -1.959963984540054},
                                              {0.02425, -1.972961051311885},
                                              {0.001, -3.090232306167813},
                                              {1e-10, -6.361340902404056}})
    EXPECT_NEAR(normal_quantile(p), z, 1e-7) << p;
}

TEST(RankLaw, stays_inside_and_reaches_both_ends) {
  for (const std::uint64_t count : {1, 2, 1000}) {
    const RankLaw law(count, 0.5, 1.15);
    EXPECT_EQ(law(0x1p-53), 0u) << count;
    EXPECT_EQ(law(1.0 - 0x1p-53), count - 1) << count;
  }
}

TEST(RankLaw, is_the_power_law_it_says) {
  // P(rank < r) is the integral of (x + shift)^-s from 0 to r over that from 0 to count.
  for (const double s : {0.6, 1.15}) {
    const RankLaw law(1000, 2.0, s);
    const Draws draws(1);
    std::vector<double> below(1001);
    constexpr int kCount = 100'000;
    for (int i = 0; i < kCount; ++i) ++below[law(draws.uniform(Purpose::target, static_cast<std::uint64_t>(i))) + 1];
    const auto mass = [&](double r) { return std::pow(r + 2.0, 1.0 - s) - std::pow(2.0, 1.0 - s); };
    for (std::size_t r = 1; r < below.size(); ++r) {
      below[r] += below[r - 1];
      EXPECT_NEAR(below[r] / kCount, mass(static_cast<double>(r)) / mass(1000.0), 0.006) << r;
    }
  }
}

}  // namespace
}  // namespace renown::generate
