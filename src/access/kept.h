/// Kept: what the store was asked and will be asked again, until something changes in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

#include "renown/result.h"

#include "access/service_file.h"

namespace renown::access {

/// Whoever asks after a change sees it: all that is kept goes with the file's version. For any number of threads.
template <class Key, class Value>
class Kept {
 public:
  /// What ask() said of that key since the last change; else it is asked. What is not there is not kept: strangers
  /// could fill the room with it.
  ///
  /// ask  returns Result<std::optional<Value>>
  template <class Ask>
  Result<std::optional<Value>> find(const ServiceFile& file, const Key& key, Ask ask) {
    const std::uint64_t version = file.version();  // before asking: what is found is at least as new
    {
      const std::lock_guard lock(mutex_);
      if (version_ != version) values_.clear();
      version_ = version;
      if (const auto found = values_.find(key); found != values_.end()) return std::optional(found->second);
    }
    Result<std::optional<Value>> value = ask();
    if (!value || !*value) return value;
    const std::lock_guard lock(mutex_);
    if (values_.size() >= kMost) values_.clear();
    if (version_ == version) values_.emplace(key, **value);
    return value;
  }

  static constexpr std::size_t kMost = 4096;  ///< some hundred bytes each

 private:
  std::mutex mutex_;
  std::uint64_t version_ = 0;
  std::unordered_map<Key, Value> values_;
};

}  // namespace renown::access
