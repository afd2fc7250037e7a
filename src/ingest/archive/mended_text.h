/// Texts of Instagram and Facebook exports, whose UTF-8 is broken in one certain way.
#pragma once

#include <string>
#include <string_view>

namespace renown::ingest::archive {

/// These exports write each byte of a text's UTF-8 as a character of its own ("\u00c3\u00a5" for "å"). Turned back
/// where that is what happened: where every character is below U+0100 and their numbers, as bytes, are valid UTF-8. Any
/// other text is given back as it is.
///
/// text  valid UTF-8
std::string mended_text(std::string_view text);

}  // namespace renown::ingest::archive
