/// The first line of a log, looked at before it is parsed: it may be cut off.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace renown::ingest {

inline std::string_view skip_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text;
}

/// The first line that is not blank, as far as `head` has it; its line ending may be on it.
inline std::string_view first_line(std::string_view head) {
  head = skip_blanks(head);
  return head.substr(0, head.find('\n'));
}

/// Whether a JSON object that begins the line has, somewhere in it, a member `key` whose value is a string that `is_it`
/// accepts. Good enough to recognise a format, also where the line is cut off inside the object.
template <class Predicate>
bool has_text_member(std::string_view line, std::string_view key, Predicate is_it) {
  if (!line.starts_with('{')) return false;
  const std::string quoted = '"' + std::string(key) + '"';
  for (std::size_t at = line.find(quoted); at != std::string_view::npos; at = line.find(quoted, at + 1)) {
    std::string_view rest = skip_blanks(line.substr(at + quoted.size()));
    if (!rest.starts_with(':')) continue;
    rest = skip_blanks(rest.substr(1));
    if (!rest.starts_with('"')) continue;
    rest.remove_prefix(1);
    const std::size_t close = rest.find('"');
    if (close != std::string_view::npos && is_it(rest.substr(0, close))) return true;
  }
  return false;
}

}  // namespace renown::ingest
