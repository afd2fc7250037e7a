/// Progress: how far an account was read, as the cursor tells it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace renown::connect::mastodon {

/// What nobody engaged with has.
inline constexpr std::string_view kNoCounts = "0.0.0.0.0";

/// The part of "2.0.1.0.0" at that place.
std::string_view count_at(std::string_view counts, std::size_t index);

/// Statuses are walked through from the newest on, each time anew; only those whose counts changed are asked for more.
/// After the first walk the newest kWatched are watched, fewer where more than kMostBytes would have to be remembered.
struct Progress {
  static constexpr std::int64_t kWatched = 1'000;
  static constexpr std::size_t kMostBytes = 24'000;

  std::string notification;  ///< id of the newest that was read
  std::int64_t walked = 0;   ///< unix seconds, when the last complete walk began; 0: none
  std::int64_t walking = 0;  ///< when the one under way began; 0: none
  std::int64_t watched = 0;  ///< statuses passed in it
  std::string before;        ///< id of the last of these; empty: none yet

  /// By id, how often a status was favourited, reblogged, replied to and quoted, as the server counts, and a "0":
  /// "2.0.1.0.0". "?" for a count whose list could not be read, and at the end where what the status answers could not.
  /// No entry for kNoCounts.
  using Counts = std::map<std::string, std::string, std::less<>>;
  Counts seen;  ///< in the last walk
  Counts met;   ///< in this one

  bool is_walk_long_enough() const;

  /// The status was dealt with: its counts are what the next walk compares with.
  void pass(const std::string& id, const std::string& counts);

  /// One that met nothing is as good as none: it may be the server's mistake.
  void end_walk();
};

/// Lines of text, at most 64 KiB.
std::string write_cursor(const Progress& progress);

/// Nothing for what write_cursor does not write. "" is the beginning.
std::optional<Progress> read_cursor(std::string_view cursor);

}  // namespace renown::connect::mastodon
