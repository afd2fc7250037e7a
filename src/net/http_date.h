/// Dates as HTTP writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace renown::net {

/// Unix seconds of "Sun, 06 Nov 1994 08:49:37 GMT", and of the two older forms that RFC 9110 asks to accept:
/// "Sunday, 06-Nov-94 08:49:37 GMT" (two digits mean 1970 to 2069) and "Sun Nov  6 08:49:37 1994". The day of the week
/// is not checked. Nothing for anything else.
std::optional<std::int64_t> parse_http_date(std::string_view text);

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7).
///
/// unix_seconds  in [0, 253402300799]
std::string http_date(std::int64_t unix_seconds);

}  // namespace renown::net
