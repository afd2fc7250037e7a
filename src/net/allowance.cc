#include "net/allowance.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "base/time.h"
#include "net/http_date.h"

namespace renown::net {
namespace {

/// A number this large is a time since 1970 (here: from 2001 on), a smaller one is seconds from now (up to 31 years).
constexpr double kFirstTime = 1'000'000'000;

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(value) || value < 0 || value > static_cast<double>(base::kMaxTime)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> time_at(double value, std::int64_t now) {
  // Rounded up: a second too late costs nothing, one too early is another refusal.
  const auto seconds = static_cast<std::int64_t>(std::ceil(value));
  return value >= kFirstTime ? seconds : now + seconds;
}

std::optional<std::int64_t> read_reset(std::string_view text, std::int64_t now) {
  if (const auto value = number(text)) return time_at(*value, now);
  const auto time = base::parse_time(text);
  if (!time) return std::nullopt;
  // The fraction is cut off by parse_time.
  return *time + (text.find('.') == std::string_view::npos ? 0 : 1);
}

/// Whole requests; Reddit counts in fractions, and half a request is none.
std::optional<std::int64_t> read_count(std::string_view text) {
  const auto value = number(text);
  if (!value) return std::nullopt;
  return static_cast<std::int64_t>(std::floor(*value));
}

/// The number of a parameter in '"default";q=100;r=50;t=30'. Of several policies the first.
std::optional<double> parameter(std::string_view field, std::string_view name) {
  field = field.substr(0, field.find(','));
  for (std::size_t begin = field.find(';'); begin != std::string_view::npos;) {
    const std::size_t end = field.find(';', begin + 1);
    std::string_view part = field.substr(begin + 1, end == std::string_view::npos ? end : end - begin - 1);
    while (part.starts_with(' ')) part.remove_prefix(1);
    if (part.starts_with(name) && part.substr(name.size()).starts_with('='))
      return number(part.substr(name.size() + 1));
    begin = end;
  }
  return std::nullopt;
}

/// "100, 100;w=60": the limit, then its policies.
std::string_view first_item(std::string_view text) {
  return text.substr(0, text.find_first_of(",; "));
}

void read_family(const Headers& headers, const std::string& prefix, std::int64_t now, Allowance& allowance) {
  if (const auto value = headers.find(prefix + "-limit"); value && !allowance.limit) {
    allowance.limit = read_count(first_item(*value));
  }
  if (const auto value = headers.find(prefix + "-remaining"); value && !allowance.remaining) {
    allowance.remaining = read_count(*value);
  }
  if (const auto value = headers.find(prefix + "-reset"); value && !allowance.resets_at) {
    allowance.resets_at = read_reset(*value, now);
  }
}

void read_structured(const Headers& headers, std::int64_t now, Allowance& allowance) {
  const auto field = headers.find("ratelimit");
  if (!field) return;
  const auto remaining = parameter(*field, "r"), seconds = parameter(*field, "t");
  if (remaining && !allowance.remaining) allowance.remaining = static_cast<std::int64_t>(*remaining);
  if (seconds && !allowance.resets_at) allowance.resets_at = time_at(*seconds, now);
  const auto quota = parameter(headers.find("ratelimit-policy").value_or(""), "q");
  if (quota && !allowance.limit) allowance.limit = static_cast<std::int64_t>(*quota);
}

}  // namespace

Allowance read_allowance(const Headers& headers, std::int64_t now) {
  Allowance allowance;
  read_family(headers, "x-ratelimit", now, allowance);
  read_family(headers, "ratelimit", now, allowance);
  read_structured(headers, now, allowance);
  return allowance;
}

std::optional<std::int64_t> read_retry_after(const Headers& headers, std::int64_t now) {
  const auto value = headers.find("retry-after");
  if (!value) return std::nullopt;
  if (const auto seconds = number(*value)) return now + static_cast<std::int64_t>(std::ceil(*seconds));
  const auto date = parse_http_date(*value);
  if (!date) return std::nullopt;
  return std::max(now, *date);
}

}  // namespace renown::net
