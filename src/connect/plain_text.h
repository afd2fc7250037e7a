/// What people read of a piece of HTML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace renown::connect {

inline constexpr std::size_t kPostCharacters = 300;  ///< of a Post's text

/// In one line: tags gone, blanks and line ends as one blank, character references resolved, scripts and styles passed
/// over; a longer text is cut after `most_characters` (code points). Valid UTF-8 gives valid UTF-8. Never fails.
std::string plain_text(std::string_view html, std::size_t most_characters = kPostCharacters);

}  // namespace renown::connect
