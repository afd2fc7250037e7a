/// When a webhook is tried again, and when no more. Pure: times and chance are given.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace renown::webhook {

/// Seconds between an attempt and the next, as Standard Webhooks suggests: ten attempts in three days.
inline constexpr std::array<std::int64_t, 9> kWaitSeconds = {5,      300,    1'800,  7'200, 18'000,
                                                             36'000, 50'400, 72'000, 86'400};
inline constexpr double kMostJitter = 0.2;  ///< of a wait, added: those that failed together come back apart

/// An endpoint that took nothing for so long is disabled.
inline constexpr std::int64_t kMostFailingSeconds = 5 * 86'400;

/// A network that says Retry-After is believed up to here.
inline constexpr std::int64_t kMostRetryAfterSeconds = 86'400;

enum class Verdict : std::uint8_t {
  delivered,  ///< 2xx
  again,      ///< at Judgement::next
  given_up,   ///< the last attempt failed
  gone,       ///< 410: the endpoint wants nothing any more
};

struct Judgement {
  Verdict verdict = Verdict::again;
  std::int64_t next = 0;  ///< unix seconds; with `again`

  /// Nothing else goes to the endpoint before `next` either: it asked for less, or is down.
  bool slow_down = false;
};

/// attempt      how many there were with this one, from 1
/// status       of the answer; 0: there was none
/// retry_after  what the answer asked for, unix seconds
/// chance       in [0, 1)
Judgement judge(int attempt, int status, std::optional<std::int64_t> retry_after, std::int64_t now, double chance);

}  // namespace renown::webhook
