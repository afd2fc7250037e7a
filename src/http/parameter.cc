#include "http/parameter.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "http/percent.h"

namespace renown::http {
namespace {

std::string range_of(const Parameter& parameter) {
  if (parameter.least && parameter.most) return fmt::format(" from {} to {}", *parameter.least, *parameter.most);
  if (parameter.least) return fmt::format(" of {} or more", *parameter.least);
  if (parameter.most) return fmt::format(" of {} or less", *parameter.most);
  return {};
}

template <class Number>
std::expected<Arguments::Value, std::string> read_number(const Parameter& parameter, std::string_view text,
                                                         std::string_view kind) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  const auto as_double = static_cast<double>(value);
  if (!is_number || !std::isfinite(as_double) || (parameter.least && as_double < *parameter.least) ||
      (parameter.most && as_double > *parameter.most)) {
    return std::unexpected(fmt::format("'{}' must be {}{}", parameter.name, kind, range_of(parameter)));
  }
  return value;
}

std::expected<Arguments::Value, std::string> read_text(const Parameter& parameter, std::string_view text) {
  if (!parameter.choices.empty() && std::ranges::find(parameter.choices, text) == parameter.choices.end()) {
    return std::unexpected(fmt::format("'{}' must be one of {}", parameter.name, fmt::join(parameter.choices, ", ")));
  }
  if (text.empty() || text.size() > parameter.most_bytes) {
    return std::unexpected(fmt::format("'{}' must be a text of 1 to {} bytes", parameter.name, parameter.most_bytes));
  }
  return std::string(text);
}

std::string unknown_name(std::string_view name, const std::vector<const Parameter*>& declared) {
  const std::string shown = base::printable(name.substr(0, 64));
  if (declared.empty()) return fmt::format("this address takes no query, and '{}' was given", shown);
  std::vector<std::string_view> known;
  for (const Parameter* each : declared) known.push_back(each->name);
  return fmt::format("the query has no parameter '{}'; there are {}", shown, fmt::join(known, ", "));
}

std::expected<void, std::string> read_pair(const std::vector<const Parameter*>& declared, std::string_view pair,
                                           Arguments& arguments) {
  const std::size_t equals = std::min(pair.find('='), pair.size());
  const auto name = percent_decoded(pair.substr(0, equals), true);
  const auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), true);
  if (!name || !value) {
    return std::unexpected(std::string("the query is not percent-encoded UTF-8 without control characters"));
  }
  const auto it = std::ranges::find(declared, *name, [](const Parameter* each) { return each->name; });
  if (it == declared.end()) return std::unexpected(unknown_name(*name, declared));
  if (arguments.has(*name)) return std::unexpected(fmt::format("'{}' is given twice; give it once", *name));
  auto argument = read_argument(**it, *value);
  if (!argument) return std::unexpected(std::move(argument.error()));
  arguments.add(*name, std::move(*argument));
  return {};
}

}  // namespace

std::expected<Arguments::Value, std::string> read_argument(const Parameter& parameter, std::string_view text) {
  switch (parameter.type) {
    case ParameterType::text:
      return read_text(parameter, text);
    case ParameterType::integer:
      return read_number<std::int64_t>(parameter, text, "a whole number");
    case ParameterType::number:
      return read_number<double>(parameter, text, "a number");
    case ParameterType::boolean:
      if (text == "true" || text == "false") return text == "true";
      return std::unexpected(fmt::format("'{}' must be true or false", parameter.name));
  }
  return std::unexpected(fmt::format("'{}' has no type", parameter.name));
}

std::expected<void, std::string> read_query(const std::vector<const Parameter*>& declared, std::string_view query,
                                            Arguments& arguments) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    if (end > 0) {  // "a=1&&b=2" and a last '&' are what many clients write
      if (auto read = read_pair(declared, query.substr(0, end), arguments); !read) return read;
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  for (const Parameter* each : declared) {
    if (arguments.has(each->name)) continue;
    if (each->is_required) return std::unexpected(fmt::format("the query must give '{}'", each->name));
    if (each->fallback) arguments.add(each->name, *each->fallback);
  }
  return {};
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (percent_decoded(pair.substr(0, equals), true) == name)
      return percent_decoded(pair.substr(std::min(equals + 1, pair.size())), true);
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return std::nullopt;
}

}  // namespace renown::http
