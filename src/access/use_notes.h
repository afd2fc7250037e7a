/// UseNotes: when sessions and keys were last used, until that is written down.
#pragma once

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace renown::access {

/// No request waits for a disk because of it: uses stand in memory, one number a session, and are written together
/// (AccessStore::tidy). A kill loses those since. For any number of threads.
class UseNotes {
 public:
  using Times = std::unordered_map<std::int64_t, std::int64_t>;

  /// written  the time that stands in the file; a use less than kLeastSeconds after it is not worth a write
  void note(std::int64_t id, std::int64_t now, std::int64_t written) {
    if (now - written < kLeastSeconds) return;
    const std::lock_guard lock(mutex_);
    auto& time = times_[id];
    time = std::max(time, now);
  }

  /// The time that is noted of it, 0 if none.
  std::int64_t noted(std::int64_t id) const {
    const std::lock_guard lock(mutex_);
    const auto found = times_.find(id);
    return found == times_.end() ? 0 : found->second;
  }

  /// What is noted now. It stays so until it is forgotten, so that nobody seems idle meanwhile.
  Times all() const {
    const std::lock_guard lock(mutex_);
    return times_;
  }

  /// Forgets what was written, but for what was used since.
  void forget(const Times& written) {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, time] : written) {
      const auto found = times_.find(id);
      if (found != times_.end() && found->second <= time) times_.erase(found);
    }
  }

  static constexpr std::int64_t kLeastSeconds = 60;

 private:
  mutable std::mutex mutex_;
  Times times_;
};

}  // namespace renown::access
