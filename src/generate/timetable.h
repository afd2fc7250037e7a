/// Timetable: when the everyday rows of a world happen, and what draws attention then.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "generate/draws.h"

namespace renown::generate {

/// Something happens to a person: attention that decays like 1/t for kShockDays.
struct Shock {
  std::uint64_t bin = 0;  ///< in which it begins
  double size = 0.0;      ///< rows in its first bin, where an average bin without shocks has 1
};

/// The span of a world in bins of ten minutes, each with its share of the rows. Row i of n stands at the quantile
/// (i + u) / n of the rows, u drawn for it in (0, 1): so rows are in order of time without sorting, and the time of any
/// row is known without the rows before it.
///
/// A bin's rows are split between everyday life and the shocks that go on.
class Timetable {
 public:
  static constexpr std::int64_t kBinSeconds = 600;
  static constexpr std::int64_t kShockDays = 3;
  static constexpr std::uint64_t kBinsAnHour = 3600 / kBinSeconds;

  /// Memory: 28 bytes a bin, 144 bins a day.
  ///
  /// stationary  every bin has the same share: no hours of the day, no shocks
  Timetable(const Draws& draws, std::int64_t start, std::uint64_t days, std::uint64_t rows, bool stationary);

  /// A place between the bins of the timetable.
  struct Moment {
    std::uint64_t bin = 0;
    double inside = 0.0;  ///< in [0, 1)
  };

  Moment moment_of(double quantile) const {
    const std::uint64_t bins = hint_.size();
    std::uint64_t bin = hint_[std::min(bins - 1, static_cast<std::uint64_t>(quantile * static_cast<double>(bins)))];
    while (bin + 1 < bins && cumulative_[bin + 1] <= quantile) ++bin;
    while (bin > 0 && cumulative_[bin] > quantile) --bin;  // rounding may have put the hint one bin too far
    const double inside = (quantile - cumulative_[bin]) / (cumulative_[bin + 1] - cumulative_[bin]);
    return {bin, std::clamp(inside, 0.0, 0x1.fffffffffffffp-1)};
  }

  Moment moment_of_row(std::uint64_t row) const {
    return moment_of((static_cast<double>(row) + draws_.uniform(Purpose::moment, row)) / static_cast<double>(rows_));
  }

  /// Unix seconds.
  std::int64_t time_of(const Moment& moment) const {
    return bin_begin(moment.bin) + static_cast<std::int64_t>(moment.inside * static_cast<double>(kBinSeconds));
  }
  std::int64_t bin_begin(std::uint64_t bin) const { return start_ + static_cast<std::int64_t>(bin) * kBinSeconds; }

  /// Which row stands at that time or just before it; negative for times before the world.
  std::int64_t row_at(double time) const {
    const double bins = (time - static_cast<double>(start_)) / static_cast<double>(kBinSeconds);
    if (!(bins >= 0.0)) return -1;
    const auto bin = std::min<std::uint64_t>(static_cast<std::uint64_t>(bins), cumulative_.size() - 2);
    const double inside = std::min(1.0, bins - static_cast<double>(bin));
    const double quantile = cumulative_[bin] + inside * (cumulative_[bin + 1] - cumulative_[bin]);
    return static_cast<std::int64_t>(quantile * static_cast<double>(rows_));
  }

  /// The first row that stands in that bin or a later one: rows before are in bins before. bin <= bins().
  std::uint64_t first_row_of(std::uint64_t bin) const;

  /// Whether a row at that moment is due to a shock, for a draw u in (0, 1); and then to which of shocks().
  bool is_of_shock(const Moment& moment, double u) const {
    return u * total_[moment.bin] >= everyday_[(moment.bin + first_of_day_) / kBinsAnHour % 24];
  }
  std::uint64_t shock_at(const Moment& moment, double u) const;

  const std::vector<Shock>& shocks() const { return shocks_; }
  std::uint64_t bins() const { return hint_.size(); }

 private:
  void plan_shocks();

  Draws draws_;
  std::int64_t start_;
  std::uint64_t rows_;
  std::uint64_t first_of_day_;        ///< which bin of the day the world begins with
  std::vector<Shock> shocks_;         ///< by bin
  std::vector<double> everyday_;      ///< by hour of the day: the rows of a bin without shocks
  std::vector<double> total_;         ///< by bin: its rows, shocks included
  std::vector<double> cumulative_;    ///< share of the rows before each bin; one more than there are bins
  std::vector<std::uint64_t> hint_;   ///< for each of as many equal shares of the rows: a bin at or before its begin
  std::vector<std::uint32_t> begun_;  ///< by bin: how many shocks began in it or before
};

}  // namespace renown::generate
