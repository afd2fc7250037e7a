/// When a letter is tried again, and when no more. Pure: times and chance are given.
#pragma once

#include <array>
#include <cstdint>

#include "net/smtp.h"

namespace renown::mail {

/// Seconds between an attempt and the next; the last one again and again, until the letter is too old to be of use.
/// Mail servers that defer strangers (greylisting) ask for some minutes.
inline constexpr std::array<std::int64_t, 6> kWaitSeconds = {60, 300, 900, 1'800, 3'600, 14'400};
inline constexpr double kMostJitter = 0.2;  ///< of a wait, added

enum class Verdict : std::uint8_t {
  done,      ///< taken, or it may have been: never again
  again,     ///< at Judgement::next
  given_up,  ///< too old by then
  refused,   ///< 5xx: for good
};

struct Judgement {
  Verdict verdict = Verdict::again;
  std::int64_t next = 0;  ///< unix seconds; with `again`
};

/// attempt  how many there were with this one, from 1
/// until    when the letter is of no use any more, unix seconds
/// chance   in [0, 1)
Judgement judge(int attempt, const net::SmtpOutcome& outcome, std::int64_t until, std::int64_t now, double chance);

/// Seconds after the attempt of that number, from 1.
std::int64_t wait_after(int attempt, double chance);

}  // namespace renown::mail
