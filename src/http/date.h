/// The Date of a response.
#pragma once

#include <cstdint>
#include <string>

namespace renown::http {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7).
///
/// unix_seconds  in [0, 253402300799]
std::string http_date(std::int64_t unix_seconds);

}  // namespace renown::http
