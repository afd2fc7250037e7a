/// How texts stand in a message: words of headers (RFC 2047), bodies (RFC 2045).
#pragma once

#include <string>
#include <string_view>

namespace renown::mail {

/// A text as the value of a header: as it is where it is plain ASCII, else as encoded words, folded. Control characters
/// become blanks, so that no text can begin a header of its own; bytes that are not UTF-8 become U+FFFD.
std::string header_text(std::string_view text);

/// Body of UTF-8 as quoted-printable: lines of at most 76 letters, CRLF at their ends, which may come as LF.
std::string quoted_printable(std::string_view text);

}  // namespace renown::mail
