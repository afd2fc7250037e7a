/// Search: the candidate that would have done best on steps of the past.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "renown/result.h"

#include "fit/candidates.h"
#include "fit/past.h"

namespace renown::fit {

/// A step of the past and how much it says, against the others.
struct WeighedPast {
  const Past* past = nullptr;
  double weight = 1.0;
};

struct Found {
  TimeWeights time;
  KindWeights kinds;
  std::map<std::string, double> networks;  ///< a_n below 1 that earned it
  double worth = 0.0;                      ///< mean over the steps of the worst ratio to the best simple ranking
};

struct SearchResult {
  Found best;
  Found simple;           ///< the best of decayed distinct engagers
  std::size_t tried = 0;  ///< candidates
};

/// Kind and network weights must lift the worth by at least so much: they are the first to follow noise.
inline constexpr double kMustEarn = 0.003;

/// Time weights first, with equal kinds; then kinds for the best of these; then networks, one after the other.
/// Among equals the first of the grid wins, so that the result is the same for any number of threads.
///
/// advance  told how many candidates are done and how many there are; false stops the search
/// errors   cancelled
Result<SearchResult> search(const std::vector<WeighedPast>& pasts, const Grid& grid, const ScoreModel& model,
                            std::size_t threads, const std::function<bool(std::size_t, std::size_t)>& advance);

/// What a candidate is worth on these steps; SearchResult::best has the largest.
double worth(const std::vector<WeighedPast>& pasts, const Grid& grid, const ScoreModel& model, const Found& candidate);

}  // namespace renown::fit
