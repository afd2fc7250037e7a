#include "connect/mastodon/progress.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace renown::connect::mastodon {
namespace {

// mastodon NOTIFICATION WALKED WALKING WATCHED BEFORE, an empty text as "-"; then "seen ID COUNTS" and "met ID COUNTS".
constexpr std::string_view kHead = "mastodon";

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

std::string_view count_at(std::string_view counts, std::size_t index) {
  for (; index > 0; --index) counts.remove_prefix(std::min(counts.find('.'), counts.size() - 1) + 1);
  return counts.substr(0, counts.find('.'));
}

bool Progress::is_walk_long_enough() const {
  std::size_t bytes = 0;
  for (const auto& [id, counts] : met) bytes += id.size() + counts.size() + 6;
  return watched >= kWatched || bytes >= kMostBytes;
}

void Progress::pass(const std::string& id, const std::string& counts) {
  if (counts != kNoCounts && !is_walk_long_enough()) met.insert_or_assign(id, counts);
  seen.erase(id);
  before = id;
  ++watched;
}

void Progress::end_walk() {
  if (watched > 0) walked = walking;
  walking = watched = 0;
  before.clear();
  seen = std::exchange(met, {});
}

std::string write_cursor(const Progress& progress) {
  std::string text = fmt::format("{} {} {} {} {} {}\n", kHead, or_dash(progress.notification), progress.walked,
                                 progress.walking, progress.watched, or_dash(progress.before));
  for (const auto& [id, counts] : progress.seen) text += fmt::format("seen {} {}\n", id, counts);
  for (const auto& [id, counts] : progress.met) text += fmt::format("met {} {}\n", id, counts);
  return text;
}

std::optional<Progress> read_cursor(std::string_view cursor) {
  Progress progress;
  if (cursor.empty()) return progress;
  const std::size_t end = cursor.find('\n');
  const auto head = base::split_words(cursor.substr(0, end));
  if (end == std::string_view::npos || head.size() != 6 || head[0] != kHead) return std::nullopt;
  if (!read_number(head[2], progress.walked) || !read_number(head[3], progress.walking)) return std::nullopt;
  if (!read_number(head[4], progress.watched)) return std::nullopt;
  progress.notification = without_dash(head[1]);
  progress.before = without_dash(head[5]);
  for (cursor.remove_prefix(end + 1); !cursor.empty(); cursor.remove_prefix(cursor.find('\n') + 1)) {
    const auto words = base::split_words(cursor.substr(0, cursor.find('\n')));
    if (words.size() != 3 || cursor.find('\n') == std::string_view::npos) return std::nullopt;
    if (words[0] != "seen" && words[0] != "met") return std::nullopt;
    (words[0] == "seen" ? progress.seen : progress.met).emplace(words[1], words[2]);
  }
  return progress;
}

}  // namespace renown::connect::mastodon
