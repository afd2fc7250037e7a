/// Small things about texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace renown::base {

/// The parts of `text` between blanks; no empty parts.
std::vector<std::string_view> split_words(std::string_view text);

/// Safe to show on a terminal: control characters and escapes become "\x1b", broken UTF-8 becomes U+FFFD. Bidirectional
/// overrides are shown as escapes too, so that a name cannot reorder the line it stands in.
std::string printable(std::string_view text);

/// Columns that valid UTF-8 takes on a terminal: wide characters (CJK, most emoji) take two, combining ones none.
std::size_t display_width(std::string_view text);

/// At most `columns` wide; a longer text ends in an ellipsis.
std::string shorten(std::string_view text, std::size_t columns);

}  // namespace renown::base
