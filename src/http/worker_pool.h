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

/// A thread starts when a job finds none without work, and stays: a pool that nobody asks costs nothing.
class WorkerPool {
 public:
  using Job = std::move_only_function<void()>;

  /// threads  at most, at least 1
  /// queue    jobs that may wait while every thread has one
  WorkerPool(unsigned threads, std::size_t queue);
  ~WorkerPool();

  /// false: all threads are busy and the queue is full, or the pool is stopping, or the system gives not even one
  /// thread; the job was not taken. A job throws nothing.
  bool submit(Job job);

  /// Threads that were started so far.
  std::size_t started() const;

  /// Waits for the jobs that run; those that wait are dropped.
  void stop();

 private:
  bool start_thread();
  void work();

  std::size_t most_threads_, most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> waiting_;
  std::size_t busy_ = 0;
  bool is_stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace renown::http
