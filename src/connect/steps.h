/// A piece of a source that is made of steps, each of which asks for a page or two.
#pragma once

#include <cstddef>
#include <expected>
#include <string_view>

#include "connect/connector.h"
#include "connect/problem.h"

namespace renown::connect {

/// A piece with so many rows takes no further step; what belongs to one post is read whole and comes on top.
inline constexpr std::size_t kEnoughRows = 2'000;

inline bool has_enough(const Pull& pull) {
  return pull.dated.size() + pull.undated.size() >= kEnoughRows;
}

/// Takes steps until the source is read to its end, the piece has enough, or a step fails. What was read before a
/// failure stands: the next pull meets the problem first.
///
/// step(pull)       asks, adds to the piece, and says whether there is more: std::expected<bool, Problem>
/// write_cursor()   where the next pull goes on after the steps so far
/// errors           of a step before which nothing was got on with
template <class TakeStep, class WriteCursor>
std::expected<Pull, Problem> pull_by_steps(std::string_view cursor, int most_steps, const TakeStep& step,
                                           const WriteCursor& write_cursor) {
  Pull pull;
  pull.more = true;
  for (int steps = 0; pull.more && steps < most_steps && !has_enough(pull); ++steps) {
    const std::expected<bool, Problem> more = step(pull);
    pull.cursor = write_cursor();
    if (!more && pull.cursor == cursor) return std::unexpected(more.error());
    if (!more) break;
    pull.more = *more;
  }
  return pull;
}

}  // namespace renown::connect
