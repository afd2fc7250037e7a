/// Bootstrap: how far a figure could have come out otherwise, had other people been in the log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "evaluate/ranking.h"

namespace renown::evaluate {

/// Sample number `draw` of `people` persons drawn with repetition: how often each stands in it. Depends on the three
/// arguments alone, so samples can be made in any order and by any thread; all scores are examined on the same samples.
Copies resample(std::size_t people, std::uint64_t seed, std::uint64_t draw);

struct Interval {
  double low = 0.0;
  double high = 0.0;
};

/// The percentile interval of 95 %: the 2.5th and the 97.5th percentile, with straight lines between neighbours.
/// NaN stands for a sample in which the measure has no meaning; such samples are left out, and where fewer than half
/// are left, or fewer than two, there is no interval.
std::optional<Interval> interval_95(std::vector<double> values);

}  // namespace renown::evaluate
