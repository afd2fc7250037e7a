#include "http/rate_limit.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/hash.h"
#include "http/problem.h"

namespace renown::http {

RateLimiter::RateLimiter(RatePolicy policy, std::uint64_t seed, std::size_t most_keys)
    : policy_(std::move(policy)),
      most_keys_(std::max<std::size_t>(most_keys, 1)),
      seed_(seed),
      shared_{0, policy_.quota, 0} {}

double RateLimiter::filled(const Bucket& bucket, double now_seconds) const {
  const double passed = std::max(now_seconds - bucket.at_seconds, 0.0);
  return std::min(policy_.quota, bucket.tokens + passed * policy_.quota / policy_.window_seconds);
}

RateLimiter::Bucket& RateLimiter::bucket_of(std::uint64_t key, double now_seconds) {
  if (const auto it = by_key_.find(key); it != by_key_.end()) {
    buckets_.splice(buckets_.begin(), buckets_, it->second);
    return *it->second;
  }
  if (buckets_.size() >= most_keys_) {
    if (filled(buckets_.back(), now_seconds) < policy_.quota) return shared_;
    by_key_.erase(buckets_.back().key);
    buckets_.pop_back();
  }
  buckets_.push_front({key, policy_.quota, now_seconds});
  by_key_.emplace(key, buckets_.begin());
  return buckets_.front();
}

RateVerdict RateLimiter::take(std::string_view key, double now_seconds, double cost) {
  const std::lock_guard lock(mutex_);
  Bucket& bucket = bucket_of(base::table_hash(key, seed_), now_seconds);
  bucket.tokens = filled(bucket, now_seconds);
  bucket.at_seconds = std::max(bucket.at_seconds, now_seconds);
  const double seconds_per_token = policy_.window_seconds / policy_.quota;
  RateVerdict verdict;
  verdict.is_allowed = bucket.tokens >= cost;
  if (verdict.is_allowed) {
    bucket.tokens -= cost;
  } else {
    verdict.retry_after_seconds = (cost - bucket.tokens) * seconds_per_token;
  }
  verdict.remaining = std::floor(bucket.tokens);
  verdict.full_in_seconds = (policy_.quota - bucket.tokens) * seconds_per_token;
  return verdict;
}

std::size_t RateLimiter::keys() const {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

void add_rate_headers(const RatePolicy& policy, const RateVerdict& verdict, Headers& headers) {
  const auto whole = [](double value) { return static_cast<std::int64_t>(value); };  // quicker to write than {:.0f}
  headers.set("RateLimit-Policy", fmt::format("\"{}\";q={};w={}", policy.name, whole(std::round(policy.quota)),
                                              whole(std::ceil(policy.window_seconds))));
  headers.set("RateLimit", fmt::format("\"{}\";r={};t={}", policy.name, whole(verdict.remaining),
                                       whole(std::ceil(verdict.full_in_seconds))));
}

Response too_many_requests(const RatePolicy& policy, const RateVerdict& verdict) {
  const double wait = std::max(1.0, std::ceil(verdict.retry_after_seconds));
  Response response =
      problem(429, fmt::format("too many requests; ask again in {:.0f} {}", wait, wait == 1.0 ? "second" : "seconds"));
  response.headers.add("Retry-After", fmt::format("{:.0f}", wait));
  add_rate_headers(policy, verdict, response.headers);
  return response;
}

}  // namespace renown::http
