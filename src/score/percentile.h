/// Percentile: where a raw score stands among those of a published log (docs/scoring/percentile.md).
#pragma once

#include <optional>

#include "renown/score_model.h"

namespace renown::score {

/// Share of the reference log's scored people at or below `raw`, in percent, with straight lines between the model's
/// quantiles. Nothing where the model ships no quantiles for the mode.
std::optional<double> percentile(const ReferenceQuantiles& quantiles, double raw);

}  // namespace renown::score
