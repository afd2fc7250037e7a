/// UTF-8: is a text valid, and where is it not.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace renown::base {

/// Offset of the first byte that belongs to no valid UTF-8 sequence (over-long forms, surrogates and values beyond
/// U+10FFFF are not valid), or nothing. Cost: some bytes a cycle.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

bool is_ascii(std::string_view text);

/// Whether all of it is valid UTF-8.
inline bool is_utf8(std::string_view text) {
  return !find_invalid_utf8(text);
}

/// Bytes of the valid UTF-8 sequence at the front of `text`, 1 to 4, or 0 if there is none.
std::size_t utf8_sequence_size(std::string_view text);

}  // namespace renown::base
