#include "connect/list_progress.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace renown::connect {
namespace {

// One line each, the fields between tabs:
//   lists STARTED SPENT SPENT_FROM
//   mark  KEY COUNT TIME IN_DOUBT
//   todo  LIST OF WHOM COUNT SINCE PAGE ITEMS, and the same with "missed"
constexpr std::string_view kHead = "lists";

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc{} && end == text.data() + text.size();
}

bool read_mark(std::span<const std::string_view> fields, ListProgress& progress) {
  ListMark mark;
  int in_doubt = 0;
  if (fields.size() != 5 || !read_number(fields[2], mark.count) || !read_number(fields[3], mark.time) ||
      !read_number(fields[4], in_doubt)) {
    return false;
  }
  mark.in_doubt = in_doubt != 0;
  progress.marks.insert_or_assign(std::string(fields[1]), mark);
  return true;
}

bool read_errand(std::span<const std::string_view> fields, std::vector<Errand>& errands) {
  if (fields.size() != 8) return false;
  Errand errand{.list = std::string(fields[1]),
                .of = std::string(fields[2]),
                .whom = std::string(fields[3]),
                .page = std::string(fields[6])};
  if (!read_number(fields[4], errand.count) || !read_number(fields[5], errand.since) ||
      !read_number(fields[7], errand.items)) {
    return false;
  }
  errands.push_back(std::move(errand));
  return true;
}

/// The marks that are kept, the latest first.
std::string marks_text(const ListProgress& progress, std::size_t most_bytes) {
  std::vector<const std::pair<const std::string, ListMark>*> marks;
  for (const auto& mark : progress.marks) marks.push_back(&mark);
  std::ranges::stable_sort(marks, [](const auto* a, const auto* b) { return a->second.time > b->second.time; });
  std::string text;
  for (const auto* mark : marks) {
    const std::string line = fmt::format("mark\t{}\t{}\t{}\t{}\n", mark->first, mark->second.count, mark->second.time,
                                         mark->second.in_doubt ? 1 : 0);
    if (text.size() + line.size() > most_bytes) break;
    text += line;
  }
  return text;
}

}  // namespace

std::string key_of(const Errand& errand) {
  return errand.of.empty() ? errand.list : errand.list + " " + errand.of;
}

std::size_t size_in_cursor(const Errand& errand) {
  constexpr std::size_t kWordTabsAndNumbers = 8 + 8 + 3 * 20;
  return errand.list.size() + errand.of.size() + errand.whom.size() + kWordTabsAndNumbers;
}

bool is_plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string write_cursor(const ListProgress& progress) {
  std::string text = fmt::format("{}\t{}\t{}\t{}\n", kHead, progress.started, progress.spent, progress.spent_from);
  for (const auto& [word, errands] : {std::pair("todo", &progress.todo), std::pair("missed", &progress.missed)}) {
    for (const Errand& each : *errands) {
      text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", word, each.list, each.of, each.whom, each.count,
                          each.since, each.page, each.items);
    }
  }
  const std::size_t room = ListProgress::kCursorBytes - std::min(text.size(), ListProgress::kCursorBytes);
  return text + marks_text(progress, room);
}

std::optional<ListProgress> read_cursor(std::string_view cursor) {
  ListProgress progress;
  if (cursor.empty()) return progress;
  if (!cursor.ends_with('\n')) return std::nullopt;
  cursor.remove_suffix(1);
  bool is_first = true;
  for (const std::string_view line : split(cursor, '\n')) {
    const std::vector<std::string_view> fields = split(line, '\t');
    if (is_first) {
      if (fields.size() != 4 || fields[0] != kHead || !read_number(fields[1], progress.started) ||
          !read_number(fields[2], progress.spent) || !read_number(fields[3], progress.spent_from)) {
        return std::nullopt;
      }
      is_first = false;
      continue;
    }
    const bool is_good = (fields[0] == "mark" && read_mark(fields, progress)) ||
                         (fields[0] == "todo" && read_errand(fields, progress.todo)) ||
                         (fields[0] == "missed" && read_errand(fields, progress.missed));
    if (!is_good) return std::nullopt;
  }
  return progress;
}

}  // namespace renown::connect
