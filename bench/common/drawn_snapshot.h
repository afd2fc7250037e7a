/// A Snapshot of invented people with given scores: what lookup and topk ask Renown's own serving structure with.
#pragma once

#include <span>

#include "score/snapshot.h"

namespace renown::bench {

/// Person i has scores[i] (up to rounding) and is number i of the snapshot. scores  in [1, 100]
score::Snapshot snapshot_of(std::span<const double> scores);

}  // namespace renown::bench
