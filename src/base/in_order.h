/// Work of several threads whose results are wanted in order.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>

#include "base/parallel.h"

namespace renown::base {

/// Gives the numbers 0 ... count - 1 to workers whose results are wanted in order: each of up to `threads` threads
/// makes a worker of its own with make_worker() and calls worker.make(number); then, number after number and by one
/// thread at a time, worker.hand_over(number), whose false ends the work.
///
/// returns  whether all were handed over
template <class MakeWorker>
bool parallel_in_order(std::uint64_t count, std::size_t threads, const MakeWorker& make_worker) {
  std::mutex lock;
  std::condition_variable moved;
  std::uint64_t turn = 0;
  std::atomic<std::uint64_t> next{0};
  std::atomic<bool> stopped{false};
  const auto stop = [&] {
    const std::lock_guard held(lock);
    stopped = true;
    moved.notify_all();
  };
  const auto run = [&] {
    auto worker = make_worker();
    for (std::uint64_t i = next++; i < count && !stopped; i = next++) {
      worker.make(i);
      std::unique_lock held(lock);
      moved.wait(held, [&] { return stopped || turn == i; });
      if (stopped) return;
      if (!worker.hand_over(i)) stopped = true;
      ++turn;
      moved.notify_all();
    }
  };
  internal::on_threads(
      static_cast<std::size_t>(std::clamp<std::uint64_t>(threads, 1, std::max<std::uint64_t>(1, count))), [&](bool) {
        try {
          run();
        } catch (...) {
          stop();  // else the others would wait for its turn for ever
          throw;
        }
      });
  return !stopped;
}

}  // namespace renown::base
