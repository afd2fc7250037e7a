/// Task `lookup`: the score of one account by its number, in process.
///
/// Input       scores of N people; the same numbers for everybody, drawn beforehand
/// Equal       the sum of what was found
/// Measured    wall time of one look-up. `renown` asks a Snapshot in this process; `redis` asks a server on this
/// machine,
///             ZSCORE one by one over a loopback socket, and `redis_pipelined` a hundred at a time: what it costs to
///             ask somebody else
/// Target      50 ns
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/hash.h"
#include "common/candidate.h"

namespace renown::bench::lookup {

struct Input {
  std::vector<double> scores;
  int redis_port = 0;

  /// The i-th person that is asked for.
  std::uint32_t asked(std::uint64_t i) const { return static_cast<std::uint32_t>(base::mix64(i + 1) % scores.size()); }
};

std::unique_ptr<Candidate> renown(const Input& input);
std::unique_ptr<Candidate> redis(const Input& input, std::uint64_t at_a_time);

}  // namespace renown::bench::lookup
