#include "access/try_throttle.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace renown::access {
namespace {

TEST(TryThrottle, TenTriesInAnyMinuteFromAnAddress) {
  TryThrottle throttle(1);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(throttle.take("10.0.0.1", "", 100 + i), 0) << i;
  EXPECT_EQ(throttle.take("10.0.0.1", "", 109), 51) << "until the first is a minute old";
  EXPECT_EQ(throttle.take("10.0.0.1", "", 159.5), 0.5);
  EXPECT_EQ(throttle.take("10.0.0.2", "", 109), 0) << "another address";
  EXPECT_EQ(throttle.take("10.0.0.1", "", 160), 0);
  EXPECT_EQ(throttle.take("10.0.0.1", "", 160), 1) << "one is free each time another is a minute old";
  EXPECT_EQ(throttle.take("10.0.0.1", "", 161), 0) << "what is refused does not count";
}

TEST(TryThrottle, TenTriesAtANameFromAnywhere) {
  TryThrottle throttle(1);
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(throttle.take("10.0.0." + std::to_string(i), i % 2 == 0 ? "ada" : " ADA", 5), 0);
  EXPECT_EQ(throttle.take("10.0.1.1", "ada", 5), 60);
  EXPECT_EQ(throttle.take("10.0.1.1", "eve", 5), 0) << "another name";
  EXPECT_EQ(throttle.take("10.0.1.1", "", 5), 0);
  EXPECT_EQ(throttle.take("ada", "", 5), 0) << "an address of that text is no name";
  EXPECT_EQ(throttle.take("10.0.1.1", "ada", 65), 0);
}

TEST(TryThrottle, NoMoreThanTenInWhateverMinute) {
  TryThrottle throttle(1);
  std::vector<double> taken;
  for (double now = 0; now < 600; now += 0.37) {
    if (throttle.take("a", "", now) == 0) taken.push_back(now);
  }
  ASSERT_GT(taken.size(), 90U);
  for (std::size_t i = 10; i < taken.size(); ++i) EXPECT_GE(taken[i] - taken[i - 10], 60);
}

TEST(TryThrottle, InventedNamesCostNoMemoryAndGiveNoTries) {
  TryThrottle throttle(1, 100);
  for (int i = 0; i < 10; ++i) ASSERT_EQ(throttle.take("victim", "", 0), 0);
  int allowed = 0;
  for (int i = 0; i < 10'000; ++i) allowed += throttle.take("invented " + std::to_string(i), "", 1) == 0 ? 1 : 0;
  EXPECT_EQ(throttle.keys(), 100U);
  EXPECT_EQ(allowed, 99 + 10) << "those that have a place, and ten for all others";
  EXPECT_GT(throttle.take("victim", "", 2), 0) << "and nobody who is held up is forgotten";
  EXPECT_EQ(throttle.take("invented 9999", "", 61), 0) << "a minute later there is room";
}

TEST(TryThrottle, CountsRightForSeveralThreads) {
  TryThrottle throttle(1);
  std::vector<std::thread> threads;
  std::atomic<int> allowed = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 1000; ++j) allowed += throttle.take("a", "b", 7) == 0 ? 1 : 0;
    });
  }
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(allowed, 10);
}

}  // namespace
}  // namespace renown::access
