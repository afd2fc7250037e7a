#include "evaluate/split.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/time.h"

namespace renown::evaluate {
namespace {

constexpr double kMaxDays = 36'500.0;  ///< a century; larger numbers are unix seconds

Error usage(std::string sentence) {
  return {ErrorCode::usage, std::move(sentence)};
}

std::vector<std::string> parts_between_commas(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t comma = text.find(','); comma != std::string::npos; comma = text.find(',', begin)) {
    parts.push_back(text.substr(begin, comma - begin));
    begin = comma + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string span_text(const LogSpan& log) {
  return fmt::format("the log, which goes from {} to {}", base::format_time(log.first), base::format_time(log.end - 1));
}

Result<Split> parse_split(const std::string& text, const LogSpan& log, std::int64_t default_until,
                          std::optional<double> horizon_days) {
  const std::size_t dots = text.find("..");
  const auto time = parse_moment(text.substr(0, dots), log, "--splits");
  if (!time) return time.error();
  Split split{.label = text, .time = *time, .until = default_until};
  if (split.time <= log.first || split.time >= log.end)
    return usage(fmt::format("--splits {}: {} is not inside {}", text, base::format_time(*time), span_text(log)));
  if (dots != std::string::npos) {
    const auto until = parse_moment(text.substr(dots + 2), log, "--splits");
    if (!until) return until.error();
    split.until = *until;
  } else if (horizon_days) {
    split.until = split.time + std::llround(*horizon_days * static_cast<double>(base::kSecondsPerDay));
    if (split.until > default_until)
      return usage(fmt::format("--splits {}: {} days after it the outcomes would end at {}, later than {}", text,
                               *horizon_days, base::format_time(split.until), base::format_time(default_until)));
  }
  if (split.until <= split.time)
    return usage(fmt::format("--splits {}: its outcomes end at {}, which is not after it", text,
                             base::format_time(split.until)));
  return split;
}

}  // namespace

Result<std::int64_t> parse_moment(const std::string& text, const LogSpan& log, const std::string& option) {
  double days = 0.0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), days, std::chars_format::fixed);
  const bool is_number = failed == std::errc{} && end == text.data() + text.size();
  if (is_number && days >= 0.0 && days < kMaxDays)
    return log.first + std::llround(days * static_cast<double>(base::kSecondsPerDay));
  const auto time = base::parse_time(text);
  if (text.empty() || !time)
    return usage(
        fmt::format("{} '{}': write days after the log's first row, like 4.5, or a time like "
                    "2015-01-01T00:00:00Z",
                    option, text));
  return *time;
}

Result<std::vector<Split>> parse_splits(const std::string& text, const LogSpan& log, const std::string& until,
                                        std::optional<double> horizon_days) {
  if (horizon_days && !(*horizon_days > 0.0 && *horizon_days < kMaxDays))
    return usage(fmt::format("--horizon must be above 0 and below {} days", kMaxDays));
  std::int64_t default_until = log.end;
  if (!until.empty()) {
    const auto moment = parse_moment(until, log, "--until");
    if (!moment) return moment.error();
    default_until = *moment;
  }
  std::vector<Split> splits;
  for (const std::string& part : parts_between_commas(text)) {
    auto split = parse_split(part, log, default_until, horizon_days);
    if (!split) return split.error();
    const bool again = std::ranges::any_of(
        splits, [&](const Split& other) { return other.time == split->time && other.until == split->until; });
    if (again) return usage(fmt::format("--splits {}: this split is there already", part));
    splits.push_back(std::move(*split));
  }
  return splits;
}

}  // namespace renown::evaluate
