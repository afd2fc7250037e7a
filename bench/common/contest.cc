#include "common/contest.h"

#include <stdexcept>

#include "common/comparison.h"

namespace renown::bench {

std::vector<Series> hold(const Contest& contest, const Turns& turns) {
  std::vector<Series> all;
  Outcome wanted;
  for (std::size_t i = 0; i < contest.entries.size(); ++i) {
    const Entry& entry = contest.entries[i];
    auto first = measure(entry, turns.bounds, entry.same_result);
    all.push_back({.name = entry.name, .in_bounds = first.has_value(), .measurements = {}});
    if (!first || !entry.same_result) continue;
    if (i == 0) {
      wanted = std::move(first->outcome);
    } else if (all.front().in_bounds) {
      const std::string differs = difference(contest.entries.front().name, wanted, entry.name, first->outcome);
      if (!differs.empty()) throw std::runtime_error(differs + "; no time was taken");
    }
  }
  for (std::size_t turn = 0; turn < turns.repeats; ++turn) {
    for (std::size_t i = 0; i < contest.entries.size(); ++i) {
      if (!all[i].in_bounds) continue;
      auto measured = measure(contest.entries[i], turns.bounds, false);
      all[i].in_bounds = measured.has_value();
      if (measured) all[i].measurements.push_back(std::move(*measured));
    }
  }
  return all;
}

}  // namespace renown::bench
