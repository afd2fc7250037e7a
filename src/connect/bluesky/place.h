/// Place: how far an account's posts were read, and what was counted at each of them, as the cursor says it. Inside of
/// this folder.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connect/problem.h"

namespace renown::connect::bluesky {

/// What an AppView counts at a post; the order in which it is read.
enum class Part : std::uint8_t { likes, reposts, quotes, replies };
inline constexpr std::size_t kParts = 4;

/// -1: not known, so that it is asked for again.
using Counts = std::array<std::int64_t, kParts>;

/// One post, by its key, and what was counted at it.
using Counted = std::pair<std::string, Counts>;

struct Place {
  std::int64_t since = 0;    ///< when the last whole reading began, unix seconds; 0: there was none
  std::int64_t began = 0;    ///< when this reading began; 0: it has not begun
  std::string feed = {};     ///< the server's cursor to the page of posts that is being read
  std::string post = {};     ///< key of the post of that page that is being read; empty: its first
  std::size_t part = 0;      ///< what of it is being read
  std::string page = {};     ///< the server's cursor to the page of that part
  std::uint64_t failed = 0;  ///< parts of this post that could not be read, a bit each
  std::int64_t noted = 0;    ///< when the last reading began whose notifications were all read; 0: there was none
  std::string notices = {};  ///< the server's cursor to the page of notifications that is being read

  std::vector<Counted> known = {};  ///< as of the last whole reading, those that this one has not come to yet
  std::vector<Counted> seen = {};   ///< of this reading, the newest post first

  /// The counts of the last reading; all -1 where there are none.
  Counts last_counts(std::string_view key) const;

  /// Ends with the post: from now on these are its counts.
  void finish_post(const std::string& key, Counts counts);

  /// Begins again with the newest post; what was read need not be read again.
  void rewind();
};

/// Posts whose counts are kept, the newest ones; older posts are not looked at again. About 24 bytes each.
inline constexpr std::size_t kMostPosts = 1'500;

/// Of write_place(); a cursor may have 64 KiB.
inline constexpr std::size_t kMostBytes = 60'000;

/// A JSON object of at most kMostBytes: the oldest posts are left out where they do not fit, and asked for again.
std::string write_place(const Place& place);

/// Empty: nothing was read yet. errors  malformed
std::expected<Place, Problem> read_place(std::string_view cursor);

}  // namespace renown::connect::bluesky
