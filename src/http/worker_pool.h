/// WorkerPool: threads for what takes long, with a bounded queue before them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace renown::http {

class WorkerPool {
 public:
  using Job = std::move_only_function<void()>;

  /// queue  jobs that may wait while every thread has one
  WorkerPool(unsigned threads, std::size_t queue);
  ~WorkerPool();

  /// false: all threads are busy and the queue is full, or the pool is stopping; the job was not taken. A job throws
  /// nothing.
  bool submit(Job job);

  /// Waits for the jobs that run; those that wait are dropped.
  void stop();

 private:
  void work();

  std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> waiting_;
  std::size_t idle_;
  bool is_stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace renown::http
