/// What people write about themselves and their things: names, devices, purposes.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::access {

/// The text without blanks at its ends, if it is valid UTF-8 without control characters and short enough.
///
/// what  "the name of the key", for the sentence
/// errors  bad_input
Result<std::string> plain_text(std::string_view what, std::string_view text, std::size_t most_bytes);

/// As plain_text, and not empty.
Result<std::string> some_text(std::string_view what, std::string_view text, std::size_t most_bytes);

/// As some_text, of several lines: each ends in LF, and blank ones at the ends are left out.
Result<std::string> some_lines(std::string_view what, std::string_view text, std::size_t most_bytes);

/// A language tag such as "de", "pt-BR" or "zh-Hant-TW". errors  bad_input
Result<std::string> locale_text(std::string_view text);

/// A name of the time zone database in its form, such as "Europe/Berlin"; whether there is such a zone is not known
/// here. errors  bad_input
Result<std::string> zone_text(std::string_view text);

}  // namespace renown::access
