#include "generate/faults.h"

#include <algorithm>
#include <array>

#include "generate/quick_math.h"

namespace renown::generate {
namespace {

// Of the rows with a fault: cumulative, in the order of Fault. A choice.
constexpr std::array<double, kFaults> kCumulative = {0.0, 0.25, 0.45, 0.70, 0.90, 1.0};

constexpr double kFarthestRepeat = 1000.0;  // rows
constexpr double kLeastLate = 60.0, kMostLate = 3.0 * 86'400.0;

}  // namespace

Fault Faults::drawn(std::uint64_t row) const {
  if (draws_.uniform(Purpose::fault, row) >= share_) return Fault::none;
  const double u = draws_.uniform(Purpose::fault_kind, row);
  return static_cast<Fault>(std::ranges::upper_bound(kCumulative, u) - kCumulative.begin());
}

/// A row that has no row to repeat, to withdraw or to be the twin of is an own act.
Fault Faults::of(std::uint64_t row) const {
  const Fault fault = drawn(row);
  if (fault == Fault::twin && (row == 0 || drawn(row - 1) != Fault::none)) return Fault::own;
  if ((fault == Fault::repeat || fault == Fault::undo) && earlier(row) == row) return Fault::own;
  return fault;
}

/// `row` itself where there is none.
std::uint64_t Faults::earlier(std::uint64_t row) const {
  if (row == 0) return row;
  const double farthest =
      drawn(row) == Fault::undo ? static_cast<double>(row) : std::min(kFarthestRepeat, static_cast<double>(row));
  const auto back = static_cast<std::uint64_t>(power(farthest, draws_.uniform(Purpose::fault_size, row)));
  std::uint64_t found = row - std::clamp<std::uint64_t>(back, 1, row);
  while (found > 0 && drawn(found) != Fault::none) --found;
  return drawn(found) == Fault::none ? found : row;
}

std::int64_t Faults::lateness(std::uint64_t row) const {
  return static_cast<std::int64_t>(kLeastLate *
                                   power(kMostLate / kLeastLate, draws_.uniform(Purpose::fault_size, row)));
}

bool Faults::names_id(std::uint64_t row) const {
  return (draws_.bits(Purpose::fault_kind, row) & 1) != 0;
}

double Faults::renamed_after(std::uint64_t person) const {
  return draws_.uniform(Purpose::rename, person) / share_;
}

}  // namespace renown::generate
