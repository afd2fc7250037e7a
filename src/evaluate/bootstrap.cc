#include "evaluate/bootstrap.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"

namespace renown::evaluate {
namespace {

/// `sorted` must not be empty; share in [0, 1].
double percentile_of(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

Copies resample(std::size_t people, std::uint64_t seed, std::uint64_t draw) {
  Copies copies(people);
  const std::uint64_t stream = base::mix64(base::mix64(seed ^ 0x626f6f7473747261) + draw);
  for (std::size_t i = 0; i < people; ++i) ++copies[base::mix64(stream + i) % people];
  return copies;
}

std::optional<Interval> interval_95(std::vector<double> values) {
  const std::size_t all = values.size();
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.size() < 2 || values.size() * 2 < all) return std::nullopt;
  std::ranges::sort(values);
  return Interval{percentile_of(values, 0.025), percentile_of(values, 0.975)};
}

}  // namespace renown::evaluate
