#include "ingest/archive/archive_time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"

namespace renown::ingest::archive {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> month_number(std::string_view name) {
  const auto* const at = std::ranges::find(kMonths, name);
  if (at == kMonths.end()) return std::nullopt;
  return static_cast<int>(at - kMonths.begin()) + 1;
}

/// All of `text` as a number of at most `digits` digits.
std::optional<int> number(std::string_view text, std::size_t digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.size() > digits || text.front() == '-') {
    return std::nullopt;
  }
  return value;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (std::size_t end = text.find(at); end != std::string_view::npos; end = text.find(at)) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

/// "Wed Oct 10 20:19:24 +0000 2018"
std::string x_form(const std::vector<std::string_view>& words) {
  if (words.size() != 6) return {};
  const auto month = month_number(words[1]);
  const auto day = number(words[2], 2);
  if (!month || !day || (!words[4].starts_with('+') && !words[4].starts_with('-'))) return {};
  return fmt::format("{}-{:02}-{:02}T{}{}", words[5], *month, *day, words[3], words[4]);
}

/// "01 Jan 2024"
std::string day_form(const std::vector<std::string_view>& words) {
  if (words.size() != 3) return {};
  const auto day = number(words[0], 2);
  const auto month = month_number(words[1]);
  if (!day || !month) return {};
  return fmt::format("{}-{:02}-{:02}", words[2], *month, *day);
}

/// "07/21/09, 12:11 PM"
std::string american_form(const std::vector<std::string_view>& words) {
  if (words.size() != 3 || !words[0].ends_with(',') || (words[2] != "AM" && words[2] != "PM")) return {};
  const auto date = split(words[0].substr(0, words[0].size() - 1), '/');
  const auto clock = split(words[1], ':');
  if (date.size() != 3 || clock.size() != 2) return {};
  const auto month = number(date[0], 2);
  const auto day = number(date[1], 2);
  const auto year = number(date[2], 4);
  const auto hour = number(clock[0], 2);
  const auto minute = number(clock[1], 2);
  if (!month || !day || !year || !hour || !minute || *hour < 1 || *hour > 12) return {};
  const int of_day = *hour % 12 + (words[2] == "PM" ? 12 : 0);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:00Z", *year < 100 ? *year + 2000 : *year, *month, *day, of_day,
                     *minute);
}

/// "2025-05-18 04:35:32 UTC", "2023/06/05 15:47:58 UTC", "2018-10-08 22:19:22:+0200"
std::string iso_form(std::string_view text) {
  std::string iso(text);
  if (iso.ends_with(" UTC")) iso.replace(iso.size() - 4, 4, "Z");
  constexpr std::size_t kDate = 10;
  constexpr std::size_t kSeconds = 19;
  if (iso.size() >= kDate && iso[4] == '/' && iso[7] == '/') iso[4] = iso[7] = '-';
  if (iso.size() > kSeconds + 1 && iso[kSeconds] == ':') iso.erase(kSeconds, 1);
  return iso;
}

}  // namespace

Result<std::int64_t> parse_archive_time(std::string_view text) {
  if (const auto plain = base::parse_time(iso_form(text))) return plain;
  const auto words = base::split_words(text);
  for (const std::string& form : {x_form(words), day_form(words), american_form(words)}) {
    if (form.empty()) continue;
    if (const auto time = base::parse_time(form)) return time;
  }
  if (text.empty()) return bad_input("the time is missing");
  return bad_input(
      fmt::format("the time '{}' is in no form that archives have", base::shorten(base::printable(text), 40)));
}

}  // namespace renown::ingest::archive
