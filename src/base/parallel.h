/// Work on a range by several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace renown::base {

/// Calls work(begin, end) for consecutive pieces of [0, count) on up to `threads` threads and waits for all of them.
/// Every position is visited once; pieces run in no particular order, so results must go to places of their own.
/// What a piece throws (only the standard library throws) is thrown again here, once.
template <class Work>
void parallel_for(std::size_t count, std::size_t threads, std::size_t piece, const Work& work) {
  const std::size_t pieces = (count + piece - 1) / piece;
  threads = std::min(threads, pieces);
  if (threads <= 1) {
    if (count > 0) work(std::size_t{0}, count);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::mutex failure_lock;
  std::exception_ptr failure;
  const auto run = [&] {
    try {
      for (std::size_t i = next++; i < pieces; i = next++) work(i * piece, std::min(count, (i + 1) * piece));
    } catch (...) {
      const std::lock_guard lock(failure_lock);
      failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(run);
    run();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace renown::base
