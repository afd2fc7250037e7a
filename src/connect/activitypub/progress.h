/// Progress: how far an outbox was read, as the cursor tells it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace renown::connect::activitypub {

/// An outbox is walked through from the newest activity on, each time anew. The newest kWatched posts are asked who
/// engaged with them; the first walk asks all.
struct Progress {
  static constexpr std::int64_t kWatched = 200;

  std::int64_t walked = 0;     ///< unix seconds, when the last complete walk began; 0: none
  std::int64_t walking = 0;    ///< when the one under way began; 0: none
  std::int64_t watched = 0;    ///< posts passed in it
  bool has_skipped = false;    ///< in it, something could not be read
  bool is_incomplete = false;  ///< and that was a list without times
  std::string page;            ///< the next page's address; empty: the first

  bool is_walk_long_enough() const { return walked > 0 && watched >= kWatched; }

  /// The walk counts as complete unless a list without times is lacking: what is missed there can have any age.
  void end_walk();
};

/// One line of text.
std::string write_cursor(const Progress& progress);

/// Nothing for what write_cursor does not write. "" is the beginning.
std::optional<Progress> read_cursor(std::string_view cursor);

}  // namespace renown::connect::activitypub
