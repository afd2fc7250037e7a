#include "net/http_date.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "base/text.h"

namespace renown::net {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<unsigned> number(std::string_view text, std::size_t least_digits, std::size_t most_digits) {
  if (text.size() < least_digits || text.size() > most_digits) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

std::optional<unsigned> month(std::string_view text) {
  const auto it = std::ranges::find(kMonths, text);
  if (it == kMonths.end()) return std::nullopt;
  return static_cast<unsigned>(it - kMonths.begin()) + 1;
}

/// "08:49:37"; 60 is a leap second.
std::optional<std::int64_t> seconds_of_day(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto hour = number(text.substr(0, 2), 2, 2), minute = number(text.substr(3, 2), 2, 2),
             second = number(text.substr(6, 2), 2, 2);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return *hour * 3600 + *minute * 60 + *second;
}

std::optional<std::int64_t> time_of(std::optional<unsigned> year, std::optional<unsigned> month_number,
                                    std::optional<unsigned> day, std::string_view time) {
  const auto seconds = seconds_of_day(time);
  if (!year || !month_number || !day || !seconds) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month_number),
                                         std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count() * std::int64_t{86400} + *seconds;
}

}  // namespace

std::optional<std::int64_t> parse_http_date(std::string_view text) {
  const auto words = base::split_words(text);
  if (words.size() == 6 && words[5] == "GMT") {
    return time_of(number(words[3], 4, 4), month(words[2]), number(words[1], 2, 2), words[4]);
  }
  if (words.size() == 5) return time_of(number(words[4], 4, 4), month(words[1]), number(words[2], 1, 2), words[3]);
  if (words.size() != 4 || words[3] != "GMT" || words[1].size() != 9) return std::nullopt;
  auto year = number(words[1].substr(7), 2, 2);
  if (year) *year += *year < 70 ? 2000 : 1900;
  return time_of(year, month(words[1].substr(3, 3)), number(words[1].substr(0, 2), 2, 2), words[2]);
}

std::string http_date(std::int64_t unix_seconds) {
  constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_seconds time{std::chrono::seconds(unix_seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

}  // namespace renown::net
