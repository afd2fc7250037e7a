/// Percent-encoding of targets, decoded strictly.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace renown::http {

/// The text of a part of a path, or of a query (where '+' is a blank). Nothing for a '%' without two hexadecimal
/// digits, for control characters, and for what is not UTF-8: such texts have no business in a path, and fool logs and
/// stores.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank);

}  // namespace renown::http
