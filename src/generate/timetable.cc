#include "generate/timetable.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/time.h"

namespace renown::generate {
namespace {

constexpr std::uint64_t kBinsAnHour = Timetable::kBinsAnHour;
constexpr std::uint64_t kBinsADay = base::kSecondsPerDay / Timetable::kBinSeconds;
constexpr std::uint64_t kShockBins = static_cast<std::uint64_t>(Timetable::kShockDays) * kBinsADay;
// Shocks are a choice, no measurement.
constexpr double kShocksADay = 6.0;
constexpr double kLargestShock = 20.0;  // times the smallest
constexpr double kShockShare = 0.2;     // of all rows

// Rows an hour of the day, UTC, against the average: Higgs Twitter activity, its first three whole days (before the
// surge).
constexpr std::array<double, 24> kHours = {0.36, 0.37, 0.35, 0.33, 0.64, 0.76, 0.74, 0.67, 0.69, 0.70, 0.70, 0.79,
                                           0.98, 1.50, 1.31, 1.57, 1.46, 1.78, 1.91, 1.67, 1.72, 1.19, 0.94, 0.87};

constexpr std::array<double, kShockBins> decays() {
  std::array<double, kShockBins> decays{};
  for (std::size_t i = 0; i < decays.size(); ++i) decays[i] = 1.0 / static_cast<double>(i + 1);
  return decays;
}
constexpr std::array<double, kShockBins> kDecay = decays();  // by bins since the shock

}  // namespace

Timetable::Timetable(const Draws& draws, std::int64_t start, std::uint64_t days, std::uint64_t rows, bool stationary)
    : draws_(draws),
      start_(start),
      rows_(rows),
      first_of_day_(static_cast<std::uint64_t>(start % base::kSecondsPerDay) / static_cast<std::uint64_t>(kBinSeconds)),
      cumulative_(days * kBinsADay + 1) {
  everyday_.assign(24, 1.0);
  if (!stationary) everyday_.assign(kHours.begin(), kHours.end());
  if (!stationary) plan_shocks();

  total_.resize(cumulative_.size() - 1);
  for (std::uint64_t bin = 0; bin < total_.size(); ++bin)
    total_[bin] = everyday_[(bin + first_of_day_) / kBinsAnHour % 24];
  for (const Shock& shock : shocks_) {
    const std::uint64_t end = std::min<std::uint64_t>(total_.size(), shock.bin + kShockBins);
    for (std::uint64_t bin = shock.bin; bin < end; ++bin) total_[bin] += shock.size * kDecay[bin - shock.bin];
  }
  begun_.resize(total_.size());
  for (std::uint64_t bin = 0, begun = 0; bin < total_.size(); ++bin) {
    while (begun < shocks_.size() && shocks_[begun].bin <= bin) ++begun;
    begun_[bin] = static_cast<std::uint32_t>(begun);
  }
  double sum = 0.0;
  for (std::uint64_t bin = 0; bin < total_.size(); ++bin) {
    cumulative_[bin] = sum;
    sum += total_[bin];
  }
  cumulative_.back() = sum;
  for (double& share : cumulative_) share /= sum;

  hint_.resize(total_.size());
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
    for (std::uint64_t since = 0; since < length; ++since) total += size * kDecay[since];
  }
  const double wanted = static_cast<double>(bins) * kShockShare / (1.0 - kShockShare);
  for (Shock& shock : shocks_) shock.size *= wanted / total;
  std::ranges::sort(shocks_,
                    [](const Shock& a, const Shock& b) { return a.bin != b.bin ? a.bin < b.bin : a.size < b.size; });
}

std::uint64_t Timetable::first_row_of(std::uint64_t bin) const {
  if (bin >= bins()) return rows_;
  const double before = cumulative_[bin] * static_cast<double>(rows_);
  std::uint64_t row = before < 2.0 ? 0 : static_cast<std::uint64_t>(before) - 2;  // the last of a bin before
  while (row < rows_ && moment_of_row(row).bin < bin) ++row;
  return row;
}

std::uint64_t Timetable::shock_at(const Moment& moment, double u) const {
  double left = u * total_[moment.bin] - everyday_[(moment.bin + first_of_day_) / kBinsAnHour % 24];
  std::uint64_t shock = begun_[moment.bin];
  while (shock-- > 0) {
    const std::uint64_t since = moment.bin - shocks_[shock].bin;
    if (since >= kShockBins) break;
    left -= shocks_[shock].size * kDecay[since];
    if (left < 0.0) return shock;
  }
  return shock + 1;  // rounding left a rest: the oldest that goes on
}

}  // namespace renown::generate
