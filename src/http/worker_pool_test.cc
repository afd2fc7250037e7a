#include "http/worker_pool.h"

#include <latch>
#include <semaphore>

#include <gtest/gtest.h>

namespace renown::http {
namespace {

TEST(WorkerPool, StartsNoThreadBeforeAJob) {
  WorkerPool pool(8, 4);
  EXPECT_EQ(pool.started(), 0u);
}

TEST(WorkerPool, AThreadWithoutWorkTakesTheNextJob) {
  WorkerPool pool(8, 4);
  for (int i = 0; i < 100; ++i) {
    std::latch done(1);
    ASSERT_TRUE(pool.submit([&done] { done.count_down(); }));
    done.wait();
  }
  EXPECT_LE(pool.started(), 2u);  // the second where the first was still on its way back
}

TEST(WorkerPool, StartsAsManyAsAreBusyThenQueuesThenRefuses) {
  std::counting_semaphore<16> go(0);
  std::latch running(3);
  int refused = 0;
  {
    WorkerPool pool(3, 2);
    const auto blocking = [&] { running.count_down(), go.acquire(); };
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(pool.submit(blocking));
    running.wait();
    EXPECT_EQ(pool.started(), 3u);
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(pool.submit([&] { go.acquire(); }));
    for (int i = 0; i < 4; ++i) refused += pool.submit([] {}) ? 0 : 1;
    EXPECT_EQ(pool.started(), 3u);
    go.release(5);
  }
  EXPECT_EQ(refused, 4);
}

TEST(WorkerPool, TakesNothingAfterItsEnd) {
  WorkerPool pool(2, 2);
  pool.stop();
  EXPECT_FALSE(pool.submit([] {}));
  pool.stop();
}

}  // namespace
}  // namespace renown::http
