/// TryThrottle: how often a secret may be guessed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string_view>
#include <unordered_map>

namespace renown::access {

/// At most 10 tries in any minute from one address, and 10 at one name, in bounded memory: beyond `most_keys` the one
/// left alone longest goes if its minute is over; if it is not, newcomers share one until it is. So nobody gets more
/// tries by inventing names or addresses. A name that a stranger tries is held up for its owner too, who has links to
/// log in with meanwhile. For any number of threads. Cost: some 100 ns; 150 bytes a key.
class TryThrottle {
 public:
  static constexpr std::size_t kMostTries = 10;
  static constexpr double kWindowSeconds = 60;

  /// seed  any number that strangers do not know, so that they cannot find two names of one count
  explicit TryThrottle(std::uint64_t seed, std::size_t most_keys = 50'000);

  /// Whether somebody may try now; then it counts as a try. A try that is refused does not.
  ///
  /// address      who tries; of IPv6 the network of 64 bits
  /// name         at whom, in any case; empty: at nobody in particular, such as a link or key
  /// now_seconds  of a clock that never goes back
  /// returns      0, or the seconds to wait
  double take(std::string_view address, std::string_view name, double now_seconds);

  std::size_t keys() const;

 private:
  struct Tries {
    std::uint64_t key = 0;
    std::array<double, kMostTries> times{};  ///< a ring: times[next] is the oldest
    std::size_t next = 0, count = 0;
    double last_seconds = 0;
  };
  using List = std::list<Tries>;  ///< the one tried last at the front

  double wait_of(std::uint64_t key, double now_seconds) const;
  void count(std::uint64_t key, double now_seconds);
  const Tries& tries_of(std::uint64_t key, double now_seconds) const;
  bool is_full(double now_seconds) const;

  std::size_t most_keys_;
  std::uint64_t seed_;
  mutable std::mutex mutex_;
  List list_;
  std::unordered_map<std::uint64_t, List::iterator> by_key_;
  Tries shared_;
};

}  // namespace renown::access
