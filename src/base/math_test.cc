#include "base/math.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "base/hash.h"

namespace renown::base {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Distance of `got` from the true value, in units of the last place of the truth.
double error_in_places(double got, long double truth) {
  const auto rounded = static_cast<double>(truth);
  if (got == rounded) return 0.0;
  const double place = std::nextafter(std::fabs(rounded), kInfinity) - std::fabs(rounded);
  return static_cast<double>(std::fabs((static_cast<long double>(got) - truth) / place));
}

struct Function {
  const char* name;
  double (*ours)(double);
  long double (*truth)(long double);
  double from, to;
};

class Accuracy : public testing::TestWithParam<Function> {};

TEST_P(Accuracy, is_within_one_and_a_half_last_places) {
  const auto& [name, ours, truth, from, to] = GetParam();
  double worst = 0.0, worst_at = 0.0;
  std::uint64_t state = 42;
  for (int i = 0; i < 200'000; ++i) {
    state = mix64(state + 0x9e3779b97f4a7c15);
    const double unit = static_cast<double>(state >> 11) * 0x1p-53;
    // Half of the points evenly, half close to zero.
    const double x =
        i % 2 == 0 ? from + (to - from) * unit : (to - from) * unit * std::ldexp(1.0, -static_cast<int>(state % 60));
    if (x < from || x > to) continue;
    const double error = error_in_places(ours(x), truth(x));
    if (error > worst) worst = error, worst_at = x;
  }
  EXPECT_LT(worst, 1.5) << name << " at " << worst_at;
}

INSTANTIATE_TEST_SUITE_P(functions, Accuracy,
                         testing::Values(Function{"exp", exp, std::exp, -700, 700},
                                         Function{"exp2", exp2, std::exp2, -1000, 1000},
                                         Function{"expm1", expm1, std::expm1, -30, 30},
                                         Function{"expm1 near 0", expm1, std::expm1, -0.5, 0.5},
                                         Function{"log1p", log1p, std::log1p, -0.999, 10},
                                         Function{"log1p, large", log1p, std::log1p, 0, 1e12}));

/// Numbers of every size around the places where a function changes its way.
std::vector<double> many_numbers() {
  std::vector<double> numbers = {0.0,
                                 -0.0,
                                 0.41,
                                 0.5,
                                 -0.5,
                                 1.0,
                                 -1.0,
                                 40.0,
                                 -40.0,
                                 41.0,
                                 -800.0,
                                 800.0,
                                 kInfinity,
                                 -kInfinity,
                                 std::numeric_limits<double>::denorm_min(),
                                 std::numeric_limits<double>::max(),
                                 std::numeric_limits<double>::quiet_NaN()};
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const double unit = static_cast<double>(mix64(i) >> 11) * 0x1p-53;
    numbers.push_back(std::ldexp(unit, static_cast<int>(mix64(~i) % 70) - 60) * (i % 2 == 0 ? 1.0 : -1.0));
  }
  return numbers;
}

/// In groups of different sizes, each with plain numbers alone or with others among them.
void expect_same_bits(void (*together)(std::span<double>), double (*alone)(double), bool negative) {
  std::vector<double> numbers = many_numbers();
  if (!negative) std::ranges::for_each(numbers, [](double& number) { number = std::abs(number); });
  std::size_t size = 0;
  for (std::size_t begin = 0; begin < numbers.size(); begin += size) {
    size = std::min(size % 21 + 1, numbers.size() - begin);
    std::vector<double> values(numbers.begin() + static_cast<std::ptrdiff_t>(begin),
                               numbers.begin() + static_cast<std::ptrdiff_t>(begin + size));
    const std::vector<double> given = values;
    together(values);
    for (std::size_t i = 0; i < size; ++i) {
      const double wanted = alone(given[i]);
      if (std::isnan(wanted)) {
        EXPECT_TRUE(std::isnan(values[i])) << given[i];
      } else {
        ASSERT_EQ(std::bit_cast<std::uint64_t>(values[i]), std::bit_cast<std::uint64_t>(wanted)) << given[i];
      }
    }
  }
}

void exp2_of_each(std::span<double> values) {
  Batch batch{};
  std::ranges::copy(values, batch.begin());
  if (!std::ranges::all_of(values, [](double x) { return x >= -1022.0 && x <= 1023.0; })) {
    for (double& value : values) value = exp2(value);  // which the batch does not promise
    return;
  }
  exp2(batch, batch);
  std::copy_n(batch.begin(), values.size(), values.begin());
}

TEST(Math, several_at_a_time_are_the_same_to_the_bit) {
  for (const bool wide : {false, true}) {
    if (use_wide_registers(wide) != wide) GTEST_SKIP() << "this machine has no wide registers";
    expect_same_bits(exp2_of_each, exp2, true);
    expect_same_bits(expm1, expm1, true);
    expect_same_bits(log1p, log1p, false);
    expect_same_bits(log1p, log1p, true);
  }
}

TEST(Math, corners) {
  EXPECT_EQ(exp(0.0), 1.0);
  EXPECT_EQ(exp(-800.0), 0.0);
  EXPECT_EQ(exp(800.0), kInfinity);
  EXPECT_EQ(exp2(0.0), 1.0);
  EXPECT_EQ(exp2(-1.0), 0.5);
  EXPECT_EQ(exp2(10.0), 1024.0);
  EXPECT_EQ(exp2(-5000.0), 0.0);
  EXPECT_DOUBLE_EQ(exp2(1023.5), std::exp2(1023.5));
  EXPECT_EQ(expm1(0.0), 0.0);
  EXPECT_EQ(expm1(1e-300), 1e-300);
  EXPECT_EQ(expm1(-1000.0), -1.0);
  EXPECT_EQ(log1p(0.0), 0.0);
  EXPECT_EQ(log1p(1e-300), 1e-300);
  EXPECT_EQ(log1p(-1.0), -kInfinity);
  EXPECT_TRUE(std::isnan(log1p(-1.5)));
  EXPECT_EQ(log1p(kInfinity), kInfinity);
}

TEST(Math, never_falls_as_its_argument_grows) {
  for (const auto function : {exp, exp2, expm1, log1p}) {
    double last = function(-0.9);
    for (double x = -0.9; x < 20.0; x += 0x1p-11) {
      EXPECT_GE(function(x), last) << x;
      last = function(x);
    }
  }
}

// The bits themselves, for every compiler, flag set and processor: a change here changes published scores.
TEST(Math, gives_these_very_bits) {
  std::uint64_t digest = 0;
  for (int i = -4000; i <= 4000; ++i) {
    const double x = i * 0.00123;
    for (const double y : {exp(x), exp2(x), expm1(x), log1p(x < -0.99 ? -x : x)}) {
      digest = mix64(digest ^ std::bit_cast<std::uint64_t>(y));
    }
  }
  EXPECT_EQ(digest, 16152853199887767448u);
}

TEST(Math, a_batch_has_the_bits_of_its_numbers) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 2000; ++round) {
    // Powers as they come in fading, over all of the range, and at whole and half numbers, where rounding turns.
    const double width = round % 3 == 0 ? 30.0 : 1022.0;
    Batch x;
    for (double& each : x) {
      each = (static_cast<double>(random() >> 11) * 0x1p-53 * 2.0 - 1.0) * width;
      if (round % 3 == 2) each = std::round(2.0 * each) / 2.0;
    }
    x[0] = -1022.0, x[1] = 1023.0, x[2] = 0.0, x[3] = -0.0, x[4] = 0x1p-60;
    Batch result;
    exp2(x, result);
    for (std::size_t i = 0; i < kBatch; ++i)
      ASSERT_EQ(std::bit_cast<std::uint64_t>(result[i]), std::bit_cast<std::uint64_t>(exp2(x[i]))) << x[i];
  }
}

}  // namespace
}  // namespace renown::base
