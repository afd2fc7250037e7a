/// Comparison: whether two candidates found the same. Nobody's time counts before that.
#pragma once

#include <string>

#include "common/candidate.h"

namespace renown::bench {

/// Relative to the larger of the two values, or to 1 where both are smaller.
inline constexpr double kTolerance = 1e-9;

/// "" where they agree; else one sentence that names both candidates and the first value that differs.
std::string difference(const std::string& wanted_name, const Outcome& wanted, const std::string& name,
                       const Outcome& got);

}  // namespace renown::bench
