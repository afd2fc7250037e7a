/// When a digest is due. Pure.
#pragma once

#include <cstdint>

#include "access/preferences.h"

namespace renown::mail {

/// Runs of a day come when they come: what is due within the hour is due now, else a week would become eight days.
inline constexpr std::int64_t kDigestSlackSeconds = 3'600;

/// digested  when the last one was queued, or the address confirmed; unix seconds
/// has_moved the score moved as far as the person wants to be told of
constexpr bool is_digest_due(access::Digest digest, bool has_moved, std::int64_t digested, std::int64_t now) {
  constexpr std::int64_t kDaySeconds = 86'400;
  const std::int64_t since = now - digested + kDigestSlackSeconds;
  if (digest == access::Digest::weekly) return since >= 7 * kDaySeconds;
  return digest == access::Digest::daily && has_moved && since >= kDaySeconds;
}

}  // namespace renown::mail
