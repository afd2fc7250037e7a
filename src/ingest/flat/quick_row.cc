#include "ingest/flat/quick_row.h"

#include "base/time.h"

namespace renown::ingest::flat {
namespace {

constexpr std::size_t kMostDigits = 12;  ///< of unix seconds: no overflow, and beyond the year 9999
constexpr std::size_t kDayBytes = 10;
constexpr std::size_t kSecondBytes = 20;

/// A number of two digits, or at least 100 for anything else.
unsigned two_digits(const char* at) {
  const unsigned tens = static_cast<unsigned char>(at[0]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(at[1]) - unsigned{'0'};
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

/// The number of eight digits, first the tens of each two, then the hundreds of each four; -1 for anything else.
std::int64_t eight_digits(const char* at) {
  constexpr std::uint64_t kHighHalves = 0xf0f0f0f0f0f0f0f0;
  std::uint64_t digits = 0;
  std::memcpy(&digits, at, sizeof digits);
  const std::uint64_t carried = (digits + 0x0606060606060606) & kHighHalves;  // moved on by what is above '9'
  if (((digits & kHighHalves) | carried >> 4) != 0x3333333333333333) return -1;
  digits = (digits & 0x0f0f0f0f0f0f0f0f) * (10 * 256 + 1) >> 8;
  digits = (digits & 0x00ff00ff00ff00ff) * (100 * 65536 + 1) >> 16;
  return static_cast<std::int64_t>((digits & 0x0000ffff0000ffff) * (10000 * (std::uint64_t{1} << 32) + 1) >> 32);
}

std::int64_t read_digits(std::string_view text) {
  std::int64_t value = 0;
  if (text.size() >= 8) {
    value = eight_digits(text.data());
    if (value < 0) return -1;
    text.remove_prefix(8);
  }
  for (const char c : text) {
    const unsigned digit = static_cast<unsigned char>(c) - unsigned{'0'};
    if (digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

}  // namespace

std::int64_t QuickTime::read(std::string_view text) {
  if (text.empty()) return -1;
  if (text.size() <= kMostDigits) return read_digits(text);
  const char* const at = text.data();
  if (text.size() != kSecondBytes || at[10] != 'T' || at[13] != ':' || at[16] != ':' || at[19] != 'Z') return -1;
  if (std::memcmp(day_.data(), at, kDayBytes) != 0) {
    const auto midnight = base::parse_time(text.substr(0, kDayBytes));
    if (!midnight) return -1;
    midnight_ = *midnight;
    std::memcpy(day_.data(), at, kDayBytes);
  }
  const unsigned hour = two_digits(at + 11), minute = two_digits(at + 14), second = two_digits(at + 17);
  if (hour > 23 || minute > 59 || second > 59) return -1;
  return midnight_ + hour * 3600 + minute * 60 + second;
}

}  // namespace renown::ingest::flat
