/// Measurement: one candidate once, in a child process of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/candidate.h"

namespace renown::bench {

struct Measurement {
  double wall_seconds = 0.0;
  double cpu_seconds = 0.0;   ///< of all threads, user and system
  double peak_bytes = 0.0;    ///< most memory during run(), beyond what the process had before prepare()
  double growth_bytes = 0.0;  ///< the same beyond what it had after prepare(): without the input
  double operations = 1.0;    ///< that run() did
  std::vector<std::pair<std::string, double>> parts;  ///< figures by name
  Outcome outcome;                                    ///< empty unless it was asked for
};

struct Bounds {
  double seconds = 120.0;                               ///< of prepare(), run() and outcome() together
  std::uint64_t memory_bytes = std::uint64_t{8} << 30;  ///< of address space beyond what the process has
};

/// Forks, and measures in the child: each run begins with the same memory, and what a candidate leaves behind (heap,
/// threads, caches of its own) is gone before the next. The caller must have no other threads.
///
/// returns  nothing where the candidate did not end within the bounds
/// throws   std::runtime_error: what the candidate says failed
std::optional<Measurement> measure(const Entry& entry, const Bounds& bounds, bool with_outcome);

}  // namespace renown::bench
