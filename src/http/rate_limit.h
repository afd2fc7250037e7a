/// RateLimiter: how often each caller may ask.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/message.h"

namespace renown::http {

/// A bucket of `quota` tokens that is full at first and fills up again evenly within `window_seconds`.
struct RatePolicy {
  std::string name = "default";  ///< letters, digits, '-' and '_': stands in headers
  double quota = 100;            ///< >= 1
  double window_seconds = 60;    ///< > 0
};

struct RateVerdict {
  bool is_allowed = true;
  double remaining = 0;            ///< whole tokens left
  double full_in_seconds = 0;      ///< until the bucket is full again
  double retry_after_seconds = 0;  ///< until it would be allowed; 0 where it is
};

/// Buckets by key, in bounded memory: beyond `most_keys` the bucket that was left alone longest goes if it is full
/// again, for a new one is the same. If it is not, newcomers share one bucket until it is: whoever invents keys gets no
/// more by it, and nobody who is being held back is forgotten. For any number of threads. Cost: some 100 ns.
class RateLimiter {
 public:
  /// seed  any number that strangers do not know, so that they cannot find two keys of one bucket
  RateLimiter(RatePolicy policy, std::uint64_t seed, std::size_t most_keys = 100'000);

  /// now_seconds  of any clock that never goes back
  /// cost         tokens, > 0
  RateVerdict take(std::string_view key, double now_seconds, double cost = 1);

  const RatePolicy& policy() const { return policy_; }
  std::size_t keys() const;

 private:
  struct Bucket {
    std::uint64_t key;
    double tokens, at_seconds;
  };
  using Buckets = std::list<Bucket>;  ///< the one that was asked last at the front

  Bucket& bucket_of(std::uint64_t key, double now_seconds);
  double filled(const Bucket& bucket, double now_seconds) const;

  RatePolicy policy_;
  std::size_t most_keys_;
  std::uint64_t seed_;
  mutable std::mutex mutex_;
  Buckets buckets_;
  std::unordered_map<std::uint64_t, Buckets::iterator> by_key_;
  Bucket shared_;
};

/// `RateLimit-Policy` and `RateLimit` as draft-ietf-httpapi-ratelimit-headers-10 has them, for an answer of any status:
/// RateLimit-Policy: "default";q=100;w=60 and RateLimit: "default";r=42;t=35.
void add_rate_headers(const RatePolicy& policy, const RateVerdict& verdict, Headers& headers);

/// 429 with Retry-After and the headers above.
Response too_many_requests(const RatePolicy& policy, const RateVerdict& verdict);

}  // namespace renown::http
