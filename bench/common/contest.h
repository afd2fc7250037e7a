/// Contest: candidates of one task, compared first and then measured in turns.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "common/candidate.h"
#include "common/measurement.h"

namespace renown::bench {

struct Contest {
  std::string input;           ///< what is worked on, for people: "invented log, 1,000,000 rows"
  double rows = 0.0;           ///< how many events that is; 0 where it is not about events
  std::vector<Entry> entries;  ///< the first is the one that the others are compared with
};

struct Turns {
  std::size_t repeats = 5;
  Bounds bounds;
};

/// All measurements of one candidate.
struct Series {
  std::string name;
  bool in_bounds = true;  ///< false: it did not end within the bounds, and has no measurements
  std::vector<Measurement> measurements;
};

/// First each candidate runs once and its outcome is compared: this run is not counted, and warms the caches up. Then
/// they take turns, so that whatever else the machine does meets all of them.
///
/// throws  std::runtime_error where a candidate fails, or finds something else than the first
std::vector<Series> hold(const Contest& contest, const Turns& turns);

}  // namespace renown::bench
