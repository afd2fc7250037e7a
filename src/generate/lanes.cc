#include "generate/lanes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "generate/draws.h"

// One body, compiled once for each width of registers. Compilers vectorise its loops, whose length is fixed;
// contraction to fused multiply-add is off for the whole project.
#define RENOWN_ALWAYS_INLINE inline __attribute__((always_inline))

namespace renown::generate {
namespace {

constexpr std::size_t kBlock = 16;
using Block = std::array<double, kBlock>;

constexpr double kLn2High = 0x1.62e42fee00000p-1, kLn2Low = 0x1.a39ef35793c76p-33;  // base/math.cc
constexpr double kLog2E = 0x1.71547652b82fep+0;

/// Horner's rule, highest power first.
template <class... Terms>
RENOWN_ALWAYS_INLINE double polynomial(double x, double sum, Terms... terms) {
  ((sum = sum * x + terms), ...);
  return sum;
}

/// Taylor's series to r^13: |r| <= ln 2 / 2 leaves less than 2^-57 of the value.
RENOWN_ALWAYS_INLINE double exp_one(double x) {
  constexpr double kMagic = 0x1.8p52;  // pushes the fraction out of the significand: the nearest whole number
  const double pushed = x * kLog2E + kMagic;
  const double whole = pushed - kMagic;
  const double r = (x - whole * kLn2High) - whole * kLn2Low;
  const double sum = polynomial(r, 1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880,
                                1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1.0, 1.0);
  // The whole number stands in the low bits of what was pushed; only its last twelve survive the shift.
  return sum * std::bit_cast<double>((std::bit_cast<std::uint64_t>(pushed) + 1023) << 52);
}

/// k ln 2 + 2 artanh(s), s = (m - 1) / (m + 1), |s| <= .172: odd powers to s^21 leave less than 2^-57.
RENOWN_ALWAYS_INLINE double log_one(double x) {
  // x = 2^k m with m in [sqrt(1/2), sqrt(2)), split without a comparison: the bits are moved so that m's least value
  // has none in its fraction. k becomes a double by standing in the low bits of 2^52.
  constexpr std::uint64_t kRootOfHalf = 0x3fe6a09e667f3bcd, kOne = 0x3ff0000000000000, kTwo52 = 0x4330000000000000;
  const std::uint64_t moved = std::bit_cast<std::uint64_t>(x) + (kOne - kRootOfHalf);
  const double k = std::bit_cast<double>(moved >> 52 | kTwo52) - (0x1p52 + 1023.0);
  const double m = std::bit_cast<double>((moved & 0x000fffffffffffff) + kRootOfHalf);
  const double f = m - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double series = polynomial(z, 2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13, 2.0 / 11, 2.0 / 9, 2.0 / 7,
                                   2.0 / 5, 2.0 / 3, 2.0);
  return k * kLn2High + (s * series + k * kLn2Low);
}

RENOWN_ALWAYS_INLINE void raise_block(Block& x, double exponent) {
  for (double& value : x) value = exp_one(exponent * log_one(value));
}

RENOWN_ALWAYS_INLINE void log_normal_block(Block& p, double mu, double sigma) {
  for (double& value : p) value = exp_one(mu + sigma * central_normal_quantile(value));
}

struct Kernels {
  void (*raise)(Block& x, double exponent);
  void (*log_normal)(Block& p, double mu, double sigma);
};

void raise_plain(Block& x, double exponent) {
  raise_block(x, exponent);
}
void log_normal_plain(Block& p, double mu, double sigma) {
  log_normal_block(p, mu, sigma);
}
__attribute__((target("avx2"))) void raise_avx2(Block& x, double exponent) {
  raise_block(x, exponent);
}
__attribute__((target("avx2"))) void log_normal_avx2(Block& p, double mu, double sigma) {
  log_normal_block(p, mu, sigma);
}

constexpr Kernels kPlain = {raise_plain, log_normal_plain};

const Kernels& kernels(Width width) {
  static const Kernels kWidest = __builtin_cpu_supports("avx2") ? Kernels{raise_avx2, log_normal_avx2} : kPlain;
  return width == Width::widest ? kWidest : kPlain;
}

/// Calls work(block) for all values, the last block filled up.
template <class Work>
void for_blocks(std::span<double> values, const Work& work) {
  Block block;
  for (std::size_t begin = 0; begin < values.size(); begin += kBlock) {
    const std::span<double> some = values.subspan(begin, std::min(kBlock, values.size() - begin));
    std::fill(std::copy(some.begin(), some.end(), block.begin()), block.end(), 0.5);
    work(block);
    std::copy_n(block.begin(), some.size(), some.begin());
  }
}

}  // namespace

void raise(std::span<double> x, double exponent, Width width) {
  const Kernels& kernel = kernels(width);
  for_blocks(x, [&](Block& block) { kernel.raise(block, exponent); });
}

void to_log_normal(std::span<double> p, double mu, double sigma, Width width) {
  const Kernels& kernel = kernels(width);
  for_blocks(p, [&](Block& block) {
    const Block quantiles = block;
    kernel.log_normal(block, mu, sigma);
    for (std::size_t i = 0; i < kBlock; ++i) {  // one in twenty is in a tail
      if (in_normal_tail(quantiles[i])) block[i] = quick_exp(mu + sigma * normal_quantile(quantiles[i]));
    }
  });
}

}  // namespace renown::generate
