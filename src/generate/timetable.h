/// Timetable: when the rows of a world happen, and what draws attention then.
#pragma once

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
/// A bin's rows are split between sources: the everyday one, and the shocks that go on. Whatever else a world will hold
/// (a farm's campaign, a pod, a bot) is one more source here.
class Timetable {
 public:
  static constexpr std::int64_t kBinSeconds = 600;
  static constexpr std::int64_t kShockDays = 3;
  static constexpr std::uint64_t kEveryday = ~std::uint64_t{0};  ///< the source that is no shock

  /// Memory: 16 bytes a bin, 144 bins a day.
  ///
  /// stationary  every bin has the same share: no hours of the day, no shocks
  Timetable(const Draws& draws, std::int64_t start, std::uint64_t days, std::uint64_t rows, bool stationary);

  /// A place between the bins of the timetable.
  struct Moment {
    std::uint64_t bin = 0;
    double inside = 0.0;  ///< in [0, 1)
  };

  Moment moment_of(double quantile) const;
  Moment moment_of_row(std::uint64_t row) const;

  /// Unix seconds.
  std::int64_t time_of(const Moment& moment) const;

  /// Which row stands at that time or just before it; negative for times before the world.
  std::int64_t row_at(double time) const;

  /// The source at that moment for a draw u in (0, 1): a number of shocks(), or kEveryday.
  std::uint64_t source_at(const Moment& moment, double u) const;

  const std::vector<Shock>& shocks() const { return shocks_; }

 private:
  void plan_shocks();

  Draws draws_;
  std::int64_t start_;
  std::uint64_t rows_;
  std::vector<Shock> shocks_;        ///< by bin
  std::vector<double> everyday_;     ///< by hour of the day: the rows of a bin without shocks
  std::vector<double> cumulative_;   ///< share of the rows before each bin; one more than there are bins
  std::vector<std::uint64_t> hint_;  ///< for each of as many equal shares of the rows: a bin at or before its begin
};

}  // namespace renown::generate
