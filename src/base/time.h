/// Points in time as unix seconds, and their one text form, RFC 3339 in UTC.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::base {

inline constexpr std::int64_t kSecondsPerDay = 86'400;

/// Times outside [1970-01-01, 9999-12-31T23:59:59Z] are refused: nobody engaged on a social network before.
inline constexpr std::int64_t kMaxTime = 253'402'300'799;

/// Reads RFC 3339 ("2015-01-01T00:00:00Z", any offset, fraction cut off, a blank or 't' for the T, or a bare date
/// "2015-01-01" meaning its midnight UTC) or unix seconds ("1420070400", a fraction cut off).
///
/// errors  bad_input, naming the text and what is wrong with it
Result<std::int64_t> parse_time(std::string_view text);

/// As parse_time, for a number that is already one: refuses negative and absurd values (milliseconds are recognised
/// and named in the message).
Result<std::int64_t> check_unix_seconds(std::int64_t seconds);

/// "2015-01-01T00:00:00Z"
std::string format_time(std::int64_t seconds);

/// "2015-01-01"
std::string format_day(std::int64_t seconds);

}  // namespace renown::base
