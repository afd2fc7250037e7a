#include "atproto/record_key.h"

#include <cstddef>
#include <cstdlib>

namespace renown::atproto {

/// Thirteen letters of five bits: a zero, 53 bits of microseconds since 1970, ten bits that tell clocks apart.
std::int64_t time_in_key(std::string_view rkey) {
  constexpr std::string_view kLetters = "234567abcdefghijklmnopqrstuvwxyz";
  constexpr std::size_t kSize = 13;
  constexpr unsigned kClockBits = 10;
  constexpr std::uint64_t kMicroseconds = 1'000'000;
  constexpr std::int64_t kFirst = 1'640'995'200;  // 2022-01-01, before the first server ran
  constexpr std::int64_t kLast = 4'102'444'800;   // 2100-01-01: anything beyond is no time-stamp
  if (rkey.size() != kSize) return -1;
  std::uint64_t value = 0;
  for (const char letter : rkey) {
    const std::size_t digit = kLetters.find(letter);
    if (digit == std::string_view::npos) return -1;
    value = value << 5 | digit;
  }
  const auto seconds = static_cast<std::int64_t>((value >> kClockBits) / kMicroseconds);
  return seconds >= kFirst && seconds < kLast ? seconds : -1;
}

std::int64_t record_time(std::string_view rkey, std::int64_t seen) {
  const std::int64_t made = time_in_key(rkey);
  return made >= 0 && std::abs(made - seen) <= kBelievedSeconds ? made : seen;
}

}  // namespace renown::atproto
