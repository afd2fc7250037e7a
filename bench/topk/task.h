/// Task `topk`: the hundred highest of all scores, falling.
///
/// Input       scores of N people, in no order
/// Equal       the hundred scores
/// Measured    wall time. `renown` asks a Snapshot, which has the ranking of its run, and `redis` a server that has
/// them
///             in order too, at what it cost to load them. The others have no order: `scan` keeps the best in one pass,
///             `nth_element` and `naive` (a full sort) work on a copy, whose making is timed, since the scores stay
/// Target      5 ms for ten million
#pragma once

#include <memory>
#include <vector>

#include "common/candidate.h"

namespace renown::bench::topk {

inline constexpr std::size_t kTop = 100;

struct Input {
  std::vector<double> scores;
  int redis_port = 0;
};

std::unique_ptr<Candidate> renown(const Input& input);
std::unique_ptr<Candidate> scan(const Input& input);
std::unique_ptr<Candidate> nth_element(const Input& input);
std::unique_ptr<Candidate> naive(const Input& input);
std::unique_ptr<Candidate> redis(const Input& input);

}  // namespace renown::bench::topk
