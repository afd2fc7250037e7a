/// Parameter: what a route takes in its path or query, declared once for the check and for the document.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/arguments.h"

namespace renown::http {

enum class ParameterType { text, integer, number, boolean };

struct Parameter {
  std::string name;  ///< in the path those that stand in its braces
  std::string description;
  ParameterType type = ParameterType::text;
  bool is_required = false;                       ///< of a query; what is in the path is always there
  std::optional<double> least = {};               ///< integer and number: the smallest value that is taken
  std::optional<double> most = {};                ///< the largest
  std::size_t most_bytes = 256;                   ///< text: its length; at least one byte is needed
  std::vector<std::string> choices = {};          ///< text: the only values that are taken; empty for any
  std::optional<Arguments::Value> fallback = {};  ///< what the handler is given where a query leaves it out
};

/// Reads a decoded text as the parameter's type: decimal digits with an optional '-' for integers, finite decimal
/// numbers, `true` or `false`.
///
/// errors  one sentence that names the parameter and what it must be
std::expected<Arguments::Value, std::string> read_argument(const Parameter& parameter, std::string_view text);

/// Reads a query ("a=1&b=x+y") against the declarations that are for queries, and adds fallbacks.
///
/// errors  one sentence: an unknown name, with those that are known; a name twice; a wrong value; one that is missing
std::expected<void, std::string> read_query(const std::vector<const Parameter*>& declared, std::string_view query,
                                            Arguments& arguments);

/// The decoded value that a query gives under that name; nothing where it gives none, or one that cannot be decoded.
std::optional<std::string> query_value(std::string_view query, std::string_view name);

}  // namespace renown::http
