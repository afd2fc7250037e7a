#include "base/parallel.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace renown::base {
namespace {

/// Scattered, with repetitions.
std::vector<std::uint64_t> scattered(std::size_t size) {
  std::vector<std::uint64_t> values(size);
  for (std::size_t i = 0; i < size; ++i) values[i] = (i * 0x9e3779b97f4a7c15) % (size / 2 + 1);
  return values;
}

// Around the sizes at which another piece is cut off.
TEST(ParallelSort, sorts_like_one_thread) {
  for (const std::size_t size : {0, 1, 2, 32767, 32768, 32769, 65537, 200'000}) {
    std::vector<std::uint64_t> wanted = scattered(size);
    std::ranges::sort(wanted);
    for (const std::size_t threads : {0, 1, 2, 3, 4, 7, 8}) {
      std::vector<std::uint64_t> values = scattered(size);
      parallel_sort(values, threads, std::less{});
      EXPECT_TRUE(values == wanted) << size << " values on " << threads << " threads";
    }
  }
}

TEST(ParallelWorkers, do_every_number_once) {
  for (const std::size_t threads : {1, 2, 5}) {
    std::vector<std::atomic<int>> done(1000);
    EXPECT_TRUE(parallel_workers(
        done.size(), threads, [&] { return [&](std::size_t number) { ++done[number]; }; },
        [](std::size_t) { return true; }));
    for (const auto& times : done) EXPECT_EQ(times, 1);
  }
}

TEST(ParallelWorkers, stop_when_told) {
  std::size_t done = 0;
  EXPECT_FALSE(parallel_workers(
      1000, 1, [&] { return [&](std::size_t) { ++done; }; }, [](std::size_t begun) { return begun < 10; }));
  EXPECT_EQ(done, 10);
}

}  // namespace
}  // namespace renown::base
