/// Work on a range by several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace renown::base {

namespace internal {

/// Calls run() on `threads` threads, of which the caller's is one. What one throws (only the standard library throws)
/// is thrown again here, once.
template <class Run>
void on_threads(std::size_t threads, const Run& run) {
  std::mutex failure_lock;
  std::exception_ptr failure;
  const auto guarded = [&](bool is_caller) {
    try {
      run(is_caller);
    } catch (...) {
      const std::lock_guard lock(failure_lock);
      failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back([&] { guarded(false); });
    guarded(true);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace internal

/// Calls work(begin, end) for consecutive pieces of [0, count) on up to `threads` threads and waits for all of them.
/// Every position is visited once; pieces run in no particular order, so results must go to places of their own.
template <class Work>
void parallel_for(std::size_t count, std::size_t threads, std::size_t piece, const Work& work) {
  const std::size_t pieces = (count + piece - 1) / piece;
  threads = std::min(threads, pieces);
  if (threads <= 1) {
    if (count > 0) work(std::size_t{0}, count);
    return;
  }
  std::atomic<std::size_t> next{0};
  internal::on_threads(threads, [&](bool) {
    for (std::size_t i = next++; i < pieces; i = next++) work(i * piece, std::min(count, (i + 1) * piece));
  });
}

/// Gives the numbers 0 ... count - 1 to workers: each of up to `threads` threads makes one of its own with
/// make_worker(), calls worker(number) until none is left, and destroys it. After each number of the caller's own
/// thread go_on(numbers begun so far) is asked; once it says no, no more are begun.
///
/// returns  whether all were done
template <class MakeWorker, class GoOn>
bool parallel_workers(std::size_t count, std::size_t threads, const MakeWorker& make_worker, const GoOn& go_on) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stopped{false};
  internal::on_threads(std::max<std::size_t>(1, std::min(threads, count)), [&](bool is_caller) {
    auto worker = make_worker();
    for (std::size_t i = next++; i < count && !stopped; i = next++) {
      worker(i);
      if (is_caller && !go_on(std::min<std::size_t>(count, next))) stopped = true;
    }
  });
  return !stopped;
}

/// Sorts a random-access range on up to `threads` threads: pieces beside each other, then merged. `less` must tell
/// apart what is not the same to whoever reads the result. Memory: as much as half of the range meanwhile.
template <class Range, class Less>
void parallel_sort(Range& range, std::size_t threads, const Less& less) {
  constexpr std::size_t kLeast = 16384;  // below, starting a thread costs more than it saves
  const auto size = static_cast<std::size_t>(std::ranges::size(range));
  const std::size_t pieces = std::min(std::bit_floor(std::max<std::size_t>(1, threads)), size / kLeast);
  if (pieces < 2) {
    std::ranges::sort(range, less);
    return;
  }
  const auto begin = std::ranges::begin(range);
  const auto at = [&](std::size_t piece) { return begin + static_cast<std::ptrdiff_t>(size * piece / pieces); };
  parallel_for(pieces, threads, 1, [&](std::size_t piece, std::size_t) { std::sort(at(piece), at(piece + 1), less); });
  for (std::size_t width = 1; width < pieces; width *= 2) {
    const std::size_t merges = (pieces + 2 * width - 1) / (2 * width);
    parallel_for(merges, threads, 1, [&](std::size_t merge, std::size_t) {
      const std::size_t first = merge * 2 * width;
      const std::size_t middle = std::min(pieces, first + width);
      std::inplace_merge(at(first), at(middle), at(std::min(pieces, middle + width)), less);
    });
  }
}

}  // namespace renown::base
