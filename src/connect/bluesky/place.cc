#include "connect/bluesky/place.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "io/json.h"
#include "io/json_escape.h"

namespace renown::connect::bluesky {
namespace {

constexpr Counts kUnknown = {-1, -1, -1, -1};

/// "3l3qo2vutsw2b:5,4,-1,1 3l3qo2vxaaw23:0,0,0,0", as far as it fits. A key has no blanks and colons of its own but in
/// forms that nobody uses; such a post is asked for again.
std::string write_counts(const std::vector<Counted>& posts, std::size_t& room) {
  std::string text;
  for (const auto& [key, counts] : posts) {
    if (key.find_first_of(" :\"\\") != std::string::npos) continue;
    const std::string entry = fmt::format("{}{}:{}", text.empty() ? "" : " ", key, fmt::join(counts, ","));
    if (entry.size() > room) break;
    room -= entry.size();
    text += entry;
  }
  return text;
}

std::optional<Counted> read_entry(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  Counted post{std::string(text.substr(0, colon)), kUnknown};
  const char* at = text.data() + colon;
  const char* const end = text.data() + text.size();
  for (std::int64_t& count : post.second) {
    if (at == end) return std::nullopt;
    const auto [next, error] = std::from_chars(at + 1, end, count);
    if (error != std::errc()) return std::nullopt;
    at = next;
  }
  return at == end ? std::optional(post) : std::nullopt;
}

std::optional<std::vector<Counted>> read_counts(std::string_view text) {
  std::vector<Counted> posts;
  for (const std::string_view word : base::split_words(text)) {
    auto entry = read_entry(word);
    if (!entry) return std::nullopt;
    posts.push_back(std::move(*entry));
  }
  return posts;
}

}  // namespace

Counts Place::last_counts(std::string_view key) const {
  const auto at = std::ranges::find(known, key, &Counted::first);
  return at == known.end() ? kUnknown : at->second;
}

void Place::finish_post(const std::string& key, Counts counts) {
  for (std::size_t i = 0; i < kParts; ++i) {
    if ((failed >> i & 1) != 0) counts[i] = -1;
  }
  std::erase_if(known, [&](const Counted& each) { return each.first == key; });
  seen.emplace_back(key, counts);
  part = 0;
  page.clear();
  failed = 0;
}

bool Place::lacks_something() const {
  const auto lacks = [](const Counted& counted) {
    return std::ranges::any_of(counted.second, [](auto n) { return n < 0; });
  };
  return failed != 0 || std::ranges::any_of(seen, lacks);
}

void Place::rewind() {
  seen.insert(seen.end(), known.begin(), known.end());
  *this = {.since = since, .began = began, .noted = noted, .known = std::move(seen)};
}

std::string write_place(const Place& place) {
  std::string text = fmt::format(
      R"({{"since":{},"began":{},"feed":{},"post":{},"part":{},"page":{},"failed":{},"noted":{},"notices":{},"seen":")",
      place.since, place.began, io::json_string(place.feed), io::json_string(place.post), place.part,
      io::json_string(place.page), place.failed, place.noted, io::json_string(place.notices));
  std::size_t room = kMostBytes - std::min(text.size(), kMostBytes);
  text += write_counts(place.seen, room);
  text += R"(","known":")";
  text += write_counts(place.known, room);
  return text + "\"}";
}

std::expected<Place, Problem> read_place(std::string_view cursor) {
  if (cursor.empty()) return Place{};
  io::JsonParser parser;
  const auto root = parser.parse(cursor);
  const auto number = [&](std::string_view name) {
    return root ? (*root)[name].integer().value_or(-1) : std::int64_t{-1};
  };
  const auto text = [&](std::string_view name) { return root ? (*root)[name].text() : std::string_view(); };
  const std::int64_t part = number("part");
  const std::int64_t failed = number("failed");
  auto known = read_counts(text("known"));
  auto seen = read_counts(text("seen"));
  if (number("since") < 0 || number("began") < 0 || part < 0 || failed < 0 || !known || !seen) {
    return std::unexpected(Problem{ProblemKind::malformed, "the place to go on from is none of an account's posts"});
  }
  return Place{.since = number("since"),
               .began = number("began"),
               .feed = std::string(text("feed")),
               .post = std::string(text("post")),
               .part = static_cast<std::size_t>(part),
               .page = std::string(text("page")),
               .failed = static_cast<std::uint64_t>(failed),
               .noted = std::max<std::int64_t>(number("noted"), 0),
               .notices = std::string(text("notices")),
               .known = std::move(*known),
               .seen = std::move(*seen)};
}

}  // namespace renown::connect::bluesky
