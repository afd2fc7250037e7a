/// Comparison: several scores examined on one panel and the same bootstrap samples, and their differences.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "evaluate/bootstrap.h"
#include "evaluate/examiner.h"
#include "pipeline/progress.h"

namespace renown::evaluate {

/// A way of putting people in order. A model whose verified people are drawn has one vector of values for each draw;
/// its figures are the means over them.
struct Candidate {
  std::string name;
  bool is_model = false;
  std::vector<std::vector<double>> draws;  ///< values by position of the panel; at least one
};

struct Estimate {
  std::optional<double> value;
  std::optional<Interval> interval;  ///< 95 %, over samples of people
};

/// Estimates by outcome and measure.
using EstimateSheet = std::array<std::array<Estimate, kMeasures>, kOutcomes>;

struct CandidateFigures {
  std::string name;
  bool is_model = false;
  EstimateSheet figures;
  std::vector<Sheet> draws;  ///< of each draw
  Sheet deviation;           ///< standard deviation between draws; NaN for fewer than two
};

/// A model's figure minus a baseline's, with the interval of the difference over the same samples.
struct Difference {
  std::size_t model = 0;     ///< place in Comparison::candidates
  std::size_t baseline = 0;  ///< the same
  EstimateSheet figures;
};

struct Comparison {
  std::vector<CandidateFigures> candidates;  ///< in the order given
  std::vector<Difference> differences;       ///< every model with every baseline
};

/// samples  bootstrap samples; 0: no intervals
/// stage    what progress calls it
/// errors   cancelled
/// cost     the measures of every draw on every sample; the same figures for any number of threads
Result<Comparison> compare(const Panel& panel, const std::vector<Candidate>& candidates, std::size_t samples,
                           std::uint64_t seed, std::size_t threads, const std::string& stage,
                           pipeline::Progress& progress);

}  // namespace renown::evaluate
