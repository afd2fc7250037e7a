#include "pipeline/source_standing.h"

namespace renown::pipeline {

std::string_view standing_name(SourceStanding standing) {
  switch (standing) {
    case SourceStanding::unread:
      return "unread";
    case SourceStanding::current:
      return "current";
    case SourceStanding::partial:
      return "partial";
    case SourceStanding::stale:
      return "stale";
  }
  return "";
}

SourceStanding standing_of(const log::SourceState& state) {
  if (!state.tried_time) return SourceStanding::unread;
  if (state.problem.empty() && state.whole_time == state.tried_time) return SourceStanding::current;
  // A reading that a kill cut short left its cursor and said no more.
  const bool at_end = state.cursor == state.whole && state.skipped > 0;
  return at_end ? SourceStanding::partial : SourceStanding::stale;
}

std::optional<std::int64_t> stale_since(const log::SourceState& state) {
  return standing_of(state) == SourceStanding::current ? std::nullopt : state.whole_time;
}

}  // namespace renown::pipeline
