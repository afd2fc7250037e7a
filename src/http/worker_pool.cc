#include "http/worker_pool.h"

#include <system_error>
#include <utility>

namespace renown::http {

WorkerPool::WorkerPool(unsigned threads, std::size_t queue) : most_threads_(threads), most_waiting_(queue) {
  threads_.reserve(threads);
}

WorkerPool::~WorkerPool() {
  stop();
}

bool WorkerPool::submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    // What waits for a thread that has not woken yet, or can be started, does not count against the queue.
    if (is_stopping_ || waiting_.size() + busy_ >= most_threads_ + most_waiting_) return false;
    if (waiting_.size() + busy_ >= threads_.size() && threads_.size() < most_threads_ && !start_thread()) return false;
    waiting_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

/// With the lock held. Where the system gives no further thread, those that are there go on.
bool WorkerPool::start_thread() {
  try {
    threads_.emplace_back([this] { work(); });
  } catch (const std::system_error&) {
    return !threads_.empty();
  }
  return true;
}

std::size_t WorkerPool::started() const {
  const std::lock_guard lock(mutex_);
  return threads_.size();
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return is_stopping_ || !waiting_.empty(); });
    if (is_stopping_) return;
    Job job = std::move(waiting_.front());
    waiting_.pop_front();
    ++busy_;
    lock.unlock();
    job();
    job = nullptr;  // what it holds goes before the lock is taken
    lock.lock();
    --busy_;
  }
}

void WorkerPool::stop() {
  std::deque<Job> dropped;
  std::vector<std::thread> threads;
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    dropped.swap(waiting_);
    threads.swap(threads_);
  }
  changed_.notify_all();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace renown::http
