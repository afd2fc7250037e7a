/// Strings of JSON, both ways: quoted and escaped on the way out, unescaped on the way in.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace renown::io {

/// `text` as a JSON string with its quotes. Only what must be escaped is: quote, backslash, control characters and
/// U+007F. Bytes that are not UTF-8 become U+FFFD, so that the result is valid JSON whatever the text.
std::string json_string(std::string_view text);

/// As json_string, at the end of `out`: for writers of many.
void append_json_string(std::string& out, std::string_view text);

struct JsonUnescaped {
  std::size_t size = 0;      ///< bytes of the result; where there is a problem, its offset in the content
  std::string_view problem;  ///< empty, or one clause
};

/// Resolves the escapes of a string's content (what stands between the quotes) in place; the result is never longer.
JsonUnescaped json_unescape(std::span<char> content);

}  // namespace renown::io
