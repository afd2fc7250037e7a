/// JobProgress: what the background work does right now, for whoever looks, and how it is asked to stop.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "pipeline/progress.h"

namespace renown::instance {

struct JobState {
  std::string job;                    ///< "sync" or "score"
  std::string stage;                  ///< "reading sources"
  std::uint64_t done = 0, total = 0;  ///< total 0: not known
};

/// For any number of threads.
class JobProgress final : public pipeline::Progress {
 public:
  void update(std::string_view stage, std::uint64_t done, std::uint64_t total, std::string_view) override {
    const std::lock_guard lock(mutex_);
    if (!state_) return;
    state_->stage = stage;
    state_->done = done;
    state_->total = total;
  }
  bool cancelled() override { return is_stopped_.load(std::memory_order_relaxed); }

  void begin(std::string_view job) {
    const std::lock_guard lock(mutex_);
    state_ = JobState{.job = std::string(job), .stage = {}};
  }
  void end() {
    const std::lock_guard lock(mutex_);
    state_.reset();
  }
  void stop() { is_stopped_ = true; }
  void go_on() { is_stopped_ = false; }

  std::optional<JobState> state() const {
    const std::lock_guard lock(mutex_);
    return state_;
  }

 private:
  mutable std::mutex mutex_;
  std::optional<JobState> state_;
  std::atomic<bool> is_stopped_ = false;
};

}  // namespace renown::instance
