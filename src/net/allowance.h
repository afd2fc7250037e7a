/// Allowance: how many more requests a network takes, as its headers say.
#pragma once

#include <cstdint>
#include <optional>

#include "net/message.h"

namespace renown::net {

/// What is not said, or not readable, is empty: unknown is not zero.
struct Allowance {
  std::optional<std::int64_t> limit;      ///< requests in a window
  std::optional<std::int64_t> remaining;  ///< of them, now
  std::optional<std::int64_t> resets_at;  ///< unix seconds: when there are `limit` again
  bool operator==(const Allowance&) const = default;
};

/// Reads X-RateLimit-Limit, -Remaining, -Reset (GitHub: unix seconds; Mastodon: an ISO time; Reddit: seconds from now,
/// and fractions of requests), RateLimit-Limit, -Remaining, -Reset (Bluesky: unix seconds; IETF drafts: seconds from
/// now), and RateLimit as later drafts have it ("default";r=50;t=30).
///
/// now  unix seconds
Allowance read_allowance(const Headers& headers, std::int64_t now);

/// When Retry-After (seconds or an HTTP date) says to come back, in unix seconds, never before `now`; empty where it
/// says nothing.
std::optional<std::int64_t> read_retry_after(const Headers& headers, std::int64_t now);

}  // namespace renown::net
