/// How a source stands: whether what the log holds of it is all that there was (P9: unknown is never zero).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "log/source.h"

namespace renown::pipeline {

enum class SourceStanding {
  unread,   ///< nothing was ever asked
  current,  ///< the last reading came to the end
  partial,  ///< it did, but for parts that could not be read
  stale,    ///< it did not; what happened since the last whole one may be missing
};

/// "unread", "current", "partial", "stale"
std::string_view standing_name(SourceStanding standing);

SourceStanding standing_of(const log::SourceState& state);

/// Unix seconds from which on acts may be missing: those before were read. Nothing where the source is current, and
/// where it was never read to its end.
std::optional<std::int64_t> stale_since(const log::SourceState& state);

}  // namespace renown::pipeline
