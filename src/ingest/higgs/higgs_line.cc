#include "ingest/higgs/higgs_line.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/text.h"
#include "base/time.h"

namespace renown::ingest::higgs {
namespace {

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// Takes the next word off the front of `line`; empty at its end.
std::string_view take_word(std::string_view& line) {
  const auto begin = std::ranges::find_if_not(line, is_blank);
  const auto end = std::find_if(begin, line.end(), is_blank);
  line = std::string_view(end, line.end());
  return {begin, end};
}

bool is_number(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, base::is_digit);
}

std::optional<Kind> kind_of(std::string_view word) {
  if (word == "RT") return Kind::repost;
  if (word == "RE") return Kind::reply;
  if (word == "MT") return Kind::mention;
  return std::nullopt;
}

std::string shown(std::string_view word) {
  return base::shorten(base::printable(word), 40);
}

}  // namespace

Result<Interaction> parse_line(std::string_view line) {
  std::array<std::string_view, 4> words;
  for (std::string_view& word : words) word = take_word(line);
  const auto [actor, target, seconds, kind] = words;
  if (kind.empty() || !take_word(line).empty()) {
    return bad_input("a line must be four words: actor target unix_seconds kind");
  }
  for (const std::string_view account : {actor, target}) {
    if (!is_number(account)) return bad_input(fmt::format("the account '{}' is not a number", shown(account)));
  }
  if (!is_number(seconds)) return bad_input(fmt::format("the time '{}' is not unix seconds", shown(seconds)));
  const auto time = base::parse_time(seconds);
  if (!time) return time.error();
  const auto known = kind_of(kind);
  if (!known) return bad_input(fmt::format("the kind '{}' is none of RT, RE, MT", shown(kind)));
  return Interaction{.time = *time,
                     .kind = *known,
                     .network = "twitter",
                     .actor = actor,
                     .target = target,
                     .post = {},
                     .id = {},
                     .tags = {}};
}

}  // namespace renown::ingest::higgs
