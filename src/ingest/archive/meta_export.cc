#include "ingest/archive/meta_export.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/time.h"
#include "ingest/tag_list.h"

namespace renown::ingest::archive {

io::JsonValue list_in(io::JsonValue root) {
  if (root.is_array()) return root;
  for (const auto [key, member] : root.members()) {
    if (member.is_array()) return member;
    for (const auto [inner_key, inner] : member.members()) {
      if (inner.is_array()) return inner;
    }
  }
  return {};
}

Result<std::int64_t> time_of(io::JsonValue timestamp) {
  const auto seconds = timestamp.integer();
  if (!seconds) return bad_input("the time is missing");
  return base::check_unix_seconds(*seconds);
}

std::string tags_in(std::string_view text) {
  TagList tags;
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    const std::string_view word = text.substr(at + 1);
    const auto* const end = std::ranges::find_if(word, [](char c) {
      const bool letter = base::is_letter_or_digit(c) || c == '_';
      return !letter && static_cast<unsigned char>(c) < 0x80;
    });
    tags.add(word.substr(0, static_cast<std::size_t>(end - word.begin())));
  }
  return tags.text();
}

}  // namespace renown::ingest::archive
