#include "evaluate/ranking.h"

#include <algorithm>
#include <numeric>

namespace renown::evaluate {

Ranking rank_people(std::span<const double> values, std::span<const std::uint64_t> tie_keys) {
  Ranking ranking;
  ranking.order.resize(values.size());
  std::iota(ranking.order.begin(), ranking.order.end(), 0u);
  std::ranges::sort(ranking.order, [&](std::uint32_t a, std::uint32_t b) {
    if (values[a] != values[b]) return values[a] > values[b];
    if (tie_keys[a] != tie_keys[b]) return tie_keys[a] < tie_keys[b];
    return a < b;
  });
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    if (i == 0 || values[ranking.order[i]] != values[ranking.order[i - 1]]) ranking.ties.push_back(i);
  }
  ranking.ties.push_back(static_cast<std::uint32_t>(values.size()));
  ranking.classes.resize(values.size());
  for (std::size_t run = 0; run < ranking.class_count(); ++run) {
    for (std::uint32_t i = ranking.ties[run]; i < ranking.ties[run + 1]; ++i)
      ranking.classes[ranking.order[i]] = static_cast<std::uint32_t>(ranking.class_count() - 1 - run);
  }
  return ranking;
}

CentredRanks centred_midranks(const Ranking& ranking, const Copies& copies) {
  CentredRanks ranks;
  ranks.value.resize(ranking.size());
  const double people = static_cast<double>(std::accumulate(copies.begin(), copies.end(), std::uint64_t{0}));
  const double mean = (people + 1.0) / 2.0;
  double above = 0.0;  // copies with a larger value
  for (std::size_t run = 0; run < ranking.class_count(); ++run) {
    std::uint64_t equal_copies = 0;
    for (std::uint32_t i = ranking.ties[run]; i < ranking.ties[run + 1]; ++i) equal_copies += copies[ranking.order[i]];
    const auto equal = static_cast<double>(equal_copies);
    const double rank = people - above - (equal - 1.0) / 2.0 - mean;
    for (std::uint32_t i = ranking.ties[run]; i < ranking.ties[run + 1]; ++i) ranks.value[ranking.order[i]] = rank;
    ranks.square_sum += equal * rank * rank;
    above += equal;
  }
  return ranks;
}

}  // namespace renown::evaluate
