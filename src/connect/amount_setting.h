/// Settings of a source that are amounts.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect {

/// A setting like "2.50" in units of its last decimal: 2500000 with six decimals. `otherwise` where it is not there.
/// errors  usage: it is none, is negative, has more decimals or more than nine digits before them
inline Result<std::int64_t> amount_setting(const Source& source, std::string_view name, std::int64_t otherwise,
                                           int decimals) {
  const auto at = source.settings.find(std::string(name));
  if (at == source.settings.end()) return otherwise;
  const std::string& text = at->second;
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string digits = text.substr(0, point);
  std::string fraction = point == text.size() ? "" : text.substr(point + 1);
  const bool is_short = point <= 9 && fraction.size() <= static_cast<std::size_t>(decimals);
  if (is_short) fraction.resize(static_cast<std::size_t>(decimals), '0');
  digits += fraction;
  std::int64_t amount = -1;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), amount);
  const bool is_number = failed == std::errc{} && end == digits.data() + digits.size() && amount >= 0;
  if (!is_short || !is_number || point == 0) {
    return Error{ErrorCode::usage, fmt::format("{}: '{}' is no amount; give a number like {}", name, text,
                                               decimals == 0 ? "100" : "2.50")};
  }
  return amount;
}

}  // namespace renown::connect
