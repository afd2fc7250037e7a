#include "score/percentile.h"

#include <algorithm>

namespace renown::score {

std::optional<double> percentile(const ReferenceQuantiles& quantiles, double raw) {
  if (quantiles.empty()) return std::nullopt;
  const auto& raws = quantiles.raw;
  // The first quantile above raw: of equal quantiles the highest percent counts, as "at or below" says.
  const auto above = std::ranges::upper_bound(raws, raw);
  if (above == raws.begin()) return 0.0;
  if (above == raws.end()) return quantiles.percent.back();
  const auto i = static_cast<std::size_t>(above - raws.begin());
  const double along = (raw - raws[i - 1]) / (raws[i] - raws[i - 1]);
  return quantiles.percent[i - 1] + along * (quantiles.percent[i] - quantiles.percent[i - 1]);
}

}  // namespace renown::score
