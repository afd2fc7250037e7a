/// ConnectionCount: how many connections are open, in all and by address.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace renown::http {

/// For any number of threads.
class ConnectionCount {
 public:
  /// most_of_one  0: any number
  ConnectionCount(std::size_t most, std::size_t most_of_one) : most_(most), most_of_one_(most_of_one) {}

  /// Whether one more is taken; then leave() is to be called with the same key.
  ///
  /// key  of the address; empty: it is counted in all only
  bool enter(const std::string& key) {
    const std::lock_guard lock(mutex_);
    if (open_ >= most_) return false;
    if (!key.empty() && most_of_one_ != 0) {
      std::size_t& here = by_key_[key];
      if (here >= most_of_one_) return false;
      ++here;
    }
    ++open_;
    return true;
  }

  void leave(const std::string& key) {
    const std::lock_guard lock(mutex_);
    --open_;
    const auto it = by_key_.find(key);
    if (it != by_key_.end() && --it->second == 0) by_key_.erase(it);
  }

  std::size_t open() const {
    const std::lock_guard lock(mutex_);
    return open_;
  }

 private:
  std::size_t most_, most_of_one_, open_ = 0;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::size_t> by_key_;
};

}  // namespace renown::http
