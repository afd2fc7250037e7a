#include "base/time.h"

#include <array>
#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/format.h>

namespace renown::base {
namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes exactly `digits` digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (!is_digit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

/// Takes ".123456" or ",5"; a separator without digits is not a fraction.
bool take_fraction(std::string_view& text) {
  if (text.empty() || (text.front() != '.' && text.front() != ',')) return true;
  text.remove_prefix(1);
  const std::size_t before = text.size();
  while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
  return text.size() < before;
}

/// Offset from UTC in seconds. No offset at all counts as UTC, which is what logs without one mean.
std::optional<int> take_offset(std::string_view& text) {
  if (text.empty() || take(text, "Zz")) return 0;
  const int sign = text.front() == '-' ? -1 : 1;
  if (!take(text, "+-")) return std::nullopt;
  const auto hours = take_number(text, 2);
  take(text, ":");
  const auto minutes = take_number(text, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return sign * (*hours * 3600 + *minutes * 60);
}

std::optional<std::int64_t> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  const auto year_number = take_number(text, 4);
  if (!year_number || !take(text, "-")) return std::nullopt;
  const auto month_number = take_number(text, 2);
  if (!month_number || !take(text, "-")) return std::nullopt;
  const auto day_number = take_number(text, 2);
  if (!day_number) return std::nullopt;
  const year_month_day date{year{*year_number}, month{static_cast<unsigned>(*month_number)},
                            day{static_cast<unsigned>(*day_number)}};
  if (!date.ok()) return std::nullopt;
  const std::int64_t midnight = sys_days{date}.time_since_epoch().count() * kSecondsPerDay;
  if (text.empty()) return midnight;

  if (!take(text, "Tt ")) return std::nullopt;
  const auto hour = take_number(text, 2);
  if (!hour || !take(text, ":")) return std::nullopt;
  const auto minute = take_number(text, 2);
  if (!minute || !take(text, ":")) return std::nullopt;
  const auto second = take_number(text, 2);
  if (!second || !take_fraction(text)) return std::nullopt;
  // 60 is a leap second, which unix time does not have: it is the first second after.
  if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return midnight + *hour * 3600 + *minute * 60 + *second - *offset;
}

std::optional<std::int64_t> parse_unix_seconds(std::string_view text) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{}) return std::nullopt;
  std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
  if (!take_fraction(rest) || !rest.empty()) return std::nullopt;
  return seconds;
}

/// Long garbage is cut in messages.
std::string shown(std::string_view text) {
  constexpr std::size_t kShown = 40;
  std::string result;
  for (const char c : text.substr(0, kShown)) {
    const bool printable = static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7f;
    result += printable ? c : '?';
  }
  return text.size() > kShown ? result + "..." : result;
}

}  // namespace

Result<std::int64_t> check_unix_seconds(std::int64_t seconds) {
  if (seconds < 0) return bad_input(fmt::format("time {} is before 1970", seconds));
  if (seconds <= kMaxTime) return seconds;
  return bad_input(fmt::format("time {} is after the year 9999; if these are milliseconds, divide by 1000", seconds));
}

Result<std::int64_t> parse_time(std::string_view text) {
  if (text.empty()) return bad_input("time is empty");
  if (const auto seconds = parse_rfc3339(text)) {
    if (*seconds < 0 || *seconds > kMaxTime)
      return bad_input(fmt::format("time '{}' is before 1970 or after 9999", shown(text)));
    return *seconds;
  }
  if (const auto seconds = parse_unix_seconds(text)) return check_unix_seconds(*seconds);
  return bad_input(
      fmt::format("time '{}' is neither RFC 3339 (2015-01-01T00:00:00Z) nor unix seconds (1420070400)", shown(text)));
}

namespace {

/// The last `digits` digits of a number, at `to`; returns what follows them. Every answer has several times: fmt takes
/// ten times as long.
char* write_digits(char* to, unsigned number, int digits) {
  for (int i = digits - 1; i >= 0; --i, number /= 10) to[i] = static_cast<char>('0' + number % 10);
  return to + digits;
}

/// The year has four digits.
char* write_day(char* to, std::int64_t seconds) {
  using namespace std::chrono;
  const year_month_day date{floor<days>(sys_seconds{std::chrono::seconds{seconds}})};
  to = write_digits(to, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  *to++ = '-';
  to = write_digits(to, static_cast<unsigned>(date.month()), 2);
  *to++ = '-';
  return write_digits(to, static_cast<unsigned>(date.day()), 2);
}

/// Midnight after kMaxTime is of a year with five digits.
std::string format_far_day(std::int64_t seconds) {
  using namespace std::chrono;
  const year_month_day date{floor<days>(sys_seconds{std::chrono::seconds{seconds}})};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

bool has_four_digits(std::int64_t seconds) {
  constexpr std::int64_t kYear0 = -62'167'219'200;
  return seconds >= kYear0 && seconds <= kMaxTime;
}

}  // namespace

std::string format_day(std::int64_t seconds) {
  if (!has_four_digits(seconds)) return format_far_day(seconds);
  std::array<char, 10> text;
  write_day(text.data(), seconds);
  return {text.data(), text.size()};
}

std::string format_time(std::int64_t seconds) {
  const auto of_day = static_cast<unsigned>(((seconds % kSecondsPerDay) + kSecondsPerDay) % kSecondsPerDay);
  if (!has_four_digits(seconds))
    return fmt::format("{}T{:02}:{:02}:{:02}Z", format_far_day(seconds), of_day / 3600, of_day / 60 % 60, of_day % 60);
  std::array<char, 20> text;
  char* to = write_day(text.data(), seconds);
  *to++ = 'T';
  to = write_digits(to, of_day / 3600, 2);
  *to++ = ':';
  to = write_digits(to, of_day / 60 % 60, 2);
  *to++ = ':';
  to = write_digits(to, of_day % 60, 2);
  *to = 'Z';
  return {text.data(), text.size()};
}

}  // namespace renown::base
