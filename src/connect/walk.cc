#include "connect/walk.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace renown::connect {
namespace {

// HEAD NEWEST WALKED WALKING WATCHED PLACE, an empty text as "-"; then "seen ID WORD" and "met ID WORD".

std::string_view or_dash(const std::string& text) {
  return text.empty() ? "-" : std::string_view(text);
}

std::string_view without_dash(std::string_view text) {
  return text == "-" ? "" : text;
}

bool read_number(std::string_view text, std::int64_t& number) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc{} && end == text.data() + text.size() && number >= 0;
}

}  // namespace

std::string_view Walk::last(std::string_view id) const {
  const auto at = seen.find(id);
  return at == seen.end() ? std::string_view{} : std::string_view(at->second);
}

void Walk::pass(const std::string& id, const std::string& word) {
  if (!word.empty() && !is_long_enough()) met.insert_or_assign(id, word);
  seen.erase(id);
  ++watched;
}

bool Walk::is_long_enough() const {
  std::size_t bytes = 0;
  for (const auto& [id, word] : met) bytes += id.size() + word.size() + 7;
  return watched >= kWatched || bytes >= kMostBytes;
}

void Walk::end() {
  if (watched > 0) walked = walking;
  walking = watched = 0;
  place.clear();
  seen = std::exchange(met, {});
}

std::string write_walk(std::string_view head, const Walk& walk) {
  std::string text = fmt::format("{} {} {} {} {} {}\n", head, or_dash(walk.newest), walk.walked, walk.walking,
                                 walk.watched, or_dash(walk.place));
  for (const auto& [id, word] : walk.seen) text += fmt::format("seen {} {}\n", id, word);
  for (const auto& [id, word] : walk.met) text += fmt::format("met {} {}\n", id, word);
  return text;
}

std::optional<Walk> read_walk(std::string_view head, std::string_view cursor) {
  Walk walk;
  if (cursor.empty()) return walk;
  const std::size_t end = cursor.find('\n');
  const auto first = base::split_words(cursor.substr(0, end));
  if (end == std::string_view::npos || first.size() != 6 || first[0] != head) return std::nullopt;
  if (!read_number(first[2], walk.walked) || !read_number(first[3], walk.walking)) return std::nullopt;
  if (!read_number(first[4], walk.watched)) return std::nullopt;
  walk.newest = without_dash(first[1]);
  walk.place = without_dash(first[5]);
  for (cursor.remove_prefix(end + 1); !cursor.empty(); cursor.remove_prefix(cursor.find('\n') + 1)) {
    const auto words = base::split_words(cursor.substr(0, cursor.find('\n')));
    if (words.size() != 3 || cursor.find('\n') == std::string_view::npos) return std::nullopt;
    if (words[0] != "seen" && words[0] != "met") return std::nullopt;
    (words[0] == "seen" ? walk.seen : walk.met).emplace(words[1], words[2]);
  }
  return walk;
}

}  // namespace renown::connect
