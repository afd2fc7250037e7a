/// The many ways in which archives write a point in time.
#pragma once

#include <cstdint>
#include <string_view>

#include "renown/result.h"

namespace renown::ingest::archive {

/// Unix seconds from any of
///
///     2018-10-08 22:19:22+0200         RFC 3339 and its kin; unix seconds               base::parse_time
///     2018-10-08 22:19:22:+0200        Google+, with one colon more
///     2025-05-18 04:35:32 UTC          Reddit, LinkedIn; 2023/06/05 15:47:58 UTC too
///     Wed Oct 10 20:19:24 +0000 2018   X
///     07/21/09, 12:11 PM               LinkedIn: month, day, year; no zone: UTC
///     01 Jan 2024                      LinkedIn: its midnight UTC
///
/// errors  bad_input, naming the text
Result<std::int64_t> parse_archive_time(std::string_view text);

}  // namespace renown::ingest::archive
