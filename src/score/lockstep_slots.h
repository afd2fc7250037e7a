/// Slots: the times at which many engagers acted on one target together (docs/scoring/farms.md). For lockstep.cc and
/// what it is made of.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "score/lockstep.h"
#include "score/lockstep_viability.h"

namespace renown::score {

/// Where a hit stands among all: four billion are 64 GB.
using Position = std::uint32_t;

/// Meetings, and where the hits on each target begin.
struct HitTable {
  explicit HitTable(const Meetings& meetings);

  std::span<const Hit> hits;
  std::uint32_t engagers = 0;  ///< engagers of hits are below
  std::uint32_t targets = 0;
  std::vector<std::uint64_t> target_begin;  ///< hits on target t: [target_begin[t], target_begin[t + 1])
};

/// A slot before anybody is accused: who acted on the target in it.
struct Slot {
  std::uint32_t target = 0;
  std::uint64_t first = 0;  ///< its hits stand at [first, last) of the hits
  std::uint64_t last = 0;
  std::uint32_t engagers = 0;  ///< of those who were looked for
};

/// Hits of one target that lie between two others of its slots.
struct Region {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

/// Finds slots. Keeps room of four bytes an engager; not for several threads.
class SlotFinder {
 public:
  explicit SlotFinder(const HitTable& table) : table_(table), count_(table.engagers) {}

  /// Appends the slots of a region that hold at least `least` different engagers of those whose hits in it are given:
  /// the fullest one, the earliest of several, then the same to its left and to its right. Looks at these hits alone.
  void add_slots(std::span<const Position> hits, Region region, std::uint32_t least, std::int64_t slot_seconds,
                 std::vector<Slot>& slots);

  /// Number of different engagers among hits [first, last), without those who were found: what these did is gone, so
  /// that the rest of a sloppy farm does not hide behind them.
  std::uint32_t distinct(std::uint64_t first, std::uint64_t last, const std::vector<bool>& found);

 private:
  Slot slot_with(std::span<const Position> hits, Region region, std::uint32_t engagers, std::int64_t slot_seconds);

  const HitTable& table_;
  std::vector<std::uint32_t> count_;  ///< by engager: hits in the slot that is looked at; all 0 between uses
};

}  // namespace renown::score
