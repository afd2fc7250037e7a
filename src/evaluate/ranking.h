/// Ranking: people in order of a value, made once and used for every measure and every bootstrap sample.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace renown::evaluate {

/// How often each person stands in a sample; a population itself has everybody once. A sample of persons drawn with
/// repetition is its copies, so nothing is ever sorted again.
using Copies = std::vector<std::uint32_t>;

struct Ranking {
  std::vector<std::uint32_t> order;    ///< positions, largest value first; ties by their key, smaller first
  std::vector<std::uint32_t> ties;     ///< where each run of equal values begins in `order`, and the end of the last
  std::vector<std::uint32_t> classes;  ///< by position: 0 for the smallest value, one more for each larger one

  std::size_t size() const { return order.size(); }
  std::size_t class_count() const { return ties.size() - 1; }
};

/// values    not NaN
/// tie_keys  as many; decide the order among equals, the same for every ranking of the same people
Ranking rank_people(std::span<const double> values, std::span<const std::uint64_t> tie_keys);

/// Midranks of a sample, less their mean: the mean rank of all copies with that value, rank 1 for the smallest.
struct CentredRanks {
  std::vector<double> value;  ///< by position; of persons without a copy too
  double square_sum = 0.0;    ///< over all copies; 0 where all values are equal
};
CentredRanks centred_midranks(const Ranking& ranking, const Copies& copies);

}  // namespace renown::evaluate
