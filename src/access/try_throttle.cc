#include "access/try_throttle.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/hash.h"

namespace renown::access {
namespace {

constexpr std::uint64_t kOfNames = 0x6e616d65;  ///< so that a name that looks like an address is another key

}  // namespace

TryThrottle::TryThrottle(std::uint64_t seed, std::size_t most_keys)
    : most_keys_(std::max<std::size_t>(most_keys, 2)), seed_(seed) {}

double TryThrottle::take(std::string_view address, std::string_view name, double now_seconds) {
  const std::uint64_t by_address = base::table_hash(address, seed_);
  const std::uint64_t by_name = base::table_hash(base::lower(base::trim(name)), seed_ ^ kOfNames);
  const std::lock_guard lock(mutex_);
  double wait = wait_of(by_address, now_seconds);
  if (!name.empty()) wait = std::max(wait, wait_of(by_name, now_seconds));
  if (wait > 0) return wait;
  count(by_address, now_seconds);
  if (!name.empty()) count(by_name, now_seconds);
  return 0;
}

bool TryThrottle::is_full(double now_seconds) const {
  return list_.size() >= most_keys_ && now_seconds < list_.back().last_seconds + kWindowSeconds;
}

const TryThrottle::Tries& TryThrottle::tries_of(std::uint64_t key, double now_seconds) const {
  static constexpr Tries kNone;
  if (const auto found = by_key_.find(key); found != by_key_.end()) return *found->second;
  return is_full(now_seconds) ? shared_ : kNone;
}

double TryThrottle::wait_of(std::uint64_t key, double now_seconds) const {
  const Tries& tries = tries_of(key, now_seconds);
  if (tries.count < kMostTries) return 0;
  return std::max(0.0, tries.times[tries.next] + kWindowSeconds - now_seconds);
}

void TryThrottle::count(std::uint64_t key, double now_seconds) {
  Tries* tries = nullptr;
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    list_.splice(list_.begin(), list_, found->second);
    tries = &list_.front();
  } else if (is_full(now_seconds)) {
    tries = &shared_;
  } else {
    if (list_.size() >= most_keys_) {
      by_key_.erase(list_.back().key);
      list_.pop_back();
    }
    list_.push_front({});
    tries = &list_.front();
    tries->key = key;
    by_key_.emplace(key, list_.begin());
  }
  tries->last_seconds = std::max(tries->last_seconds, now_seconds);
  tries->times[tries->next] = tries->last_seconds;
  tries->next = (tries->next + 1) % kMostTries;
  tries->count = std::min(tries->count + 1, kMostTries);
}

std::size_t TryThrottle::keys() const {
  const std::lock_guard lock(mutex_);
  return list_.size();
}

}  // namespace renown::access
