#include "generate/timetable.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/time.h"

namespace renown::generate {
namespace {

constexpr std::uint64_t kBinsADay = base::kSecondsPerDay / Timetable::kBinSeconds;
constexpr std::uint64_t kBinsAnHour = kBinsADay / 24;
constexpr std::uint64_t kShockBins = static_cast<std::uint64_t>(Timetable::kShockDays) * kBinsADay;
// Shocks are a choice, no measurement.
constexpr double kShocksADay = 6.0;
constexpr double kLargestShock = 20.0;  // times the smallest
constexpr double kShockShare = 0.2;     // of all rows

// Rows an hour of the day, UTC, against the average: Higgs Twitter activity, its first three whole days (before the
// surge).
constexpr std::array<double, 24> kHours = {0.36, 0.37, 0.35, 0.33, 0.64, 0.76, 0.74, 0.67, 0.69, 0.70, 0.70, 0.79,
                                           0.98, 1.50, 1.31, 1.57, 1.46, 1.78, 1.91, 1.67, 1.72, 1.19, 0.94, 0.87};

double decay(std::uint64_t bins_since) {
  return 1.0 / static_cast<double>(bins_since + 1);
}

}  // namespace

Timetable::Timetable(const Draws& draws, std::int64_t start, std::uint64_t days, std::uint64_t rows, bool stationary)
    : draws_(draws), start_(start), rows_(rows), cumulative_(days * kBinsADay + 1) {
  everyday_.assign(24, 1.0);
  if (!stationary) everyday_.assign(kHours.begin(), kHours.end());
  if (!stationary) plan_shocks();

  const std::uint64_t first_of_day =
      static_cast<std::uint64_t>(start % base::kSecondsPerDay) / static_cast<std::uint64_t>(kBinSeconds);
  std::vector<double> weight(cumulative_.size() - 1);
  for (std::uint64_t bin = 0; bin < weight.size(); ++bin)
    weight[bin] = everyday_[(bin + first_of_day) / kBinsAnHour % 24];
  for (const Shock& shock : shocks_) {
    const std::uint64_t end = std::min<std::uint64_t>(weight.size(), shock.bin + kShockBins);
    for (std::uint64_t bin = shock.bin; bin < end; ++bin) weight[bin] += shock.size * decay(bin - shock.bin);
  }
  double sum = 0.0;
  for (std::uint64_t bin = 0; bin < weight.size(); ++bin) {
    cumulative_[bin] = sum;
    sum += weight[bin];
  }
  cumulative_.back() = sum;
  for (double& share : cumulative_) share /= sum;

  hint_.resize(weight.size());
  for (std::uint64_t i = 0, bin = 0; i < hint_.size(); ++i) {
    while (cumulative_[bin + 1] <= static_cast<double>(i) / static_cast<double>(hint_.size())) ++bin;
    hint_[i] = bin;
  }
}

void Timetable::plan_shocks() {
  const std::uint64_t bins = cumulative_.size() - 1;
  const auto count = static_cast<std::uint64_t>(std::ceil(kShocksADay * static_cast<double>(bins) / kBinsADay));
  double total = 0.0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto bin = static_cast<std::uint64_t>(draws_.uniform(Purpose::shock_time, i) * static_cast<double>(bins));
    const double size = std::min(kLargestShock, power(draws_.uniform(Purpose::shock_size, i), -0.7));
    shocks_.push_back({std::min(bin, bins - 1), size});
    const std::uint64_t length = std::min(kShockBins, bins - shocks_.back().bin);
    for (std::uint64_t since = 0; since < length; ++since) total += size * decay(since);
  }
  const double wanted = static_cast<double>(bins) * kShockShare / (1.0 - kShockShare);
  for (Shock& shock : shocks_) shock.size *= wanted / total;
  std::ranges::sort(shocks_,
                    [](const Shock& a, const Shock& b) { return a.bin != b.bin ? a.bin < b.bin : a.size < b.size; });
}

Timetable::Moment Timetable::moment_of(double quantile) const {
  const std::uint64_t bins = hint_.size();
  std::uint64_t bin = hint_[std::min(bins - 1, static_cast<std::uint64_t>(quantile * static_cast<double>(bins)))];
  while (bin + 1 < bins && cumulative_[bin + 1] <= quantile) ++bin;
  while (bin > 0 && cumulative_[bin] > quantile) --bin;  // rounding may have put the hint one bin too far
  const double inside = (quantile - cumulative_[bin]) / (cumulative_[bin + 1] - cumulative_[bin]);
  return {bin, std::clamp(inside, 0.0, 0x1.fffffffffffffp-1)};
}

Timetable::Moment Timetable::moment_of_row(std::uint64_t row) const {
  return moment_of((static_cast<double>(row) + draws_.uniform(Purpose::moment, row)) / static_cast<double>(rows_));
}

std::int64_t Timetable::time_of(const Moment& moment) const {
  return start_ + static_cast<std::int64_t>(moment.bin) * kBinSeconds +
         static_cast<std::int64_t>(moment.inside * static_cast<double>(kBinSeconds));
}

std::int64_t Timetable::row_at(double time) const {
  const double bins = (time - static_cast<double>(start_)) / static_cast<double>(kBinSeconds);
  if (!(bins >= 0.0)) return -1;
  const auto bin = std::min<std::uint64_t>(static_cast<std::uint64_t>(bins), cumulative_.size() - 2);
  const double inside = std::min(1.0, bins - static_cast<double>(bin));
  const double quantile = cumulative_[bin] + inside * (cumulative_[bin + 1] - cumulative_[bin]);
  return static_cast<std::int64_t>(quantile * static_cast<double>(rows_));
}

std::uint64_t Timetable::source_at(const Moment& moment, double u) const {
  const auto past = std::ranges::upper_bound(shocks_, moment.bin, {}, &Shock::bin);
  const std::uint64_t oldest = moment.bin >= kShockBins ? moment.bin - kShockBins + 1 : 0;
  const std::uint64_t first_of_day =
      static_cast<std::uint64_t>(start_ % base::kSecondsPerDay) / static_cast<std::uint64_t>(kBinSeconds);
  const double everyday = everyday_[(moment.bin + first_of_day) / kBinsAnHour % 24];
  double total = everyday;
  for (auto shock = past; shock != shocks_.begin() && (shock - 1)->bin >= oldest; --shock)
    total += (shock - 1)->size * decay(moment.bin - (shock - 1)->bin);
  double left = u * total - everyday;
  for (auto shock = past; left >= 0.0 && shock != shocks_.begin() && (shock - 1)->bin >= oldest; --shock) {
    left -= (shock - 1)->size * decay(moment.bin - (shock - 1)->bin);
    if (left < 0.0) return static_cast<std::uint64_t>(shock - 1 - shocks_.begin());
  }
  return kEveryday;
}

}  // namespace renown::generate
