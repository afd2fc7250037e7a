/// Walk: through a source that has no list of what changed, from its newest thing to its oldest, again and again; what
/// was met is remembered, in a word each, so that only what is new or changed costs more than its page.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace renown::connect {

/// After the first walk, which goes to the end, the newest kWatched are watched, fewer where more than kMostBytes would
/// have to be remembered.
struct Walk {
  static constexpr std::int64_t kWatched = 1'000;
  static constexpr std::size_t kMostBytes = 24'000;

  std::string newest;        ///< of another list, which is read forward; the connector's own
  std::int64_t walked = 0;   ///< unix seconds, when the last complete walk began; 0: none
  std::int64_t walking = 0;  ///< when the one under way began; 0: none
  std::int64_t watched = 0;  ///< things passed in it
  std::string place;         ///< where it goes on; the connector's own; empty: at the beginning

  using Words = std::map<std::string, std::string, std::less<>>;  ///< by id; neither holds a blank
  Words seen;                                                     ///< in the last walk, and not met yet in this one
  Words met;                                                      ///< in this one

  /// What the last walk remembered of a thing; empty where that is nothing.
  std::string_view last(std::string_view id) const;

  /// The thing was dealt with. word  what the next walk should know of it; empty: nothing
  void pass(const std::string& id, const std::string& word);

  /// Nothing further back is remembered, or will be.
  bool is_long_enough() const;

  /// One that met nothing is as good as none: it may be the server's mistake.
  void end();
};

/// Lines of text, at most 64 KiB if the connector's own parts are short.
/// head  one word that tells this connector's cursors from others
std::string write_walk(std::string_view head, const Walk& walk);

/// Nothing for what write_walk does not write with that head. "" is the beginning.
std::optional<Walk> read_walk(std::string_view head, std::string_view cursor);

}  // namespace renown::connect
