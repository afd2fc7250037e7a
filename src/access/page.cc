#include "access/page.h"

#include <charconv>

#include <fmt/format.h>

#include "base/encoding.h"

namespace renown::access {

std::string cursor_text(std::int64_t below) {
  return base::base64url(fmt::format("below {}", below));
}

Result<std::int64_t> parse_cursor(std::string_view cursor) {
  if (cursor.empty()) return kNewest;
  const auto text = base::from_base64url(cursor.substr(0, 64));
  std::int64_t below = 0;
  if (text && text->starts_with("below ")) {
    const char* const end = text->data() + text->size();
    const auto read = std::from_chars(text->data() + 6, end, below);
    if (read.ec == std::errc() && read.ptr == end && below > 0 && cursor_text(below) == cursor) return below;
  }
  return bad_input("the cursor is none that was given out: begin without one");
}

}  // namespace renown::access
