#include "http/worker_pool.h"

namespace renown::http {

WorkerPool::WorkerPool(unsigned threads, std::size_t queue) : most_waiting_(queue), idle_(threads) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  stop();
}

bool WorkerPool::submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    // What waits for an idle thread that has not woken yet does not count against the queue.
    if (is_stopping_ || waiting_.size() >= idle_ + most_waiting_) return false;
    waiting_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return is_stopping_ || !waiting_.empty(); });
    if (is_stopping_) return;
    Job job = std::move(waiting_.front());
    waiting_.pop_front();
    --idle_;
    lock.unlock();
    job();
    job = nullptr;  // what it holds goes before the lock is taken
    lock.lock();
    ++idle_;
  }
}

void WorkerPool::stop() {
  std::deque<Job> dropped;
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    dropped.swap(waiting_);
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

}  // namespace renown::http
