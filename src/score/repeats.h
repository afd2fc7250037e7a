/// Repeats: which hits on a target are of one engager, so that engagers can be counted in a slot that moves on.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/hash.h"
#include "score/hit_source.h"

namespace renown::score {

/// Used for the hits on one target after the other; keeps its room, of 8 bytes a hit and up to 32 for each that is not
/// known to be alone.
class Repeats {
 public:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

  /// hits  on one target, fewer than 2^32 - 1
  void find(std::span<const Hit> hits) {
    before_.assign(hits.size(), 0);
    behind_.assign(hits.size(), kNone);
    const auto several =
        static_cast<std::size_t>(std::ranges::count_if(hits, [](const Hit& hit) { return !hit.alone(); }));
    slots_.assign(std::bit_ceil(2 * several + 1), {});
    for (std::size_t i = 0; i < hits.size(); ++i) {
      if (!hits[i].alone()) add(hits[i].engager, static_cast<std::uint32_t>(i));
    }
  }

  /// One more than the number of the same engager's hit before hit i, 0 if there is none. So a hit is its engager's
  /// first in a slot that begins with hit b where before(i) <= b.
  std::uint32_t before(std::size_t i) const { return before_[i]; }

  /// The number of the same engager's next hit, kNone if there is none. So a hit is its engager's last in a slot that
  /// ends before hit e where behind(i) >= e.
  std::uint32_t behind(std::size_t i) const { return behind_[i]; }

 private:
  struct Slot {
    std::uint32_t engager = 0;
    std::uint32_t latest_plus_one = 0;  ///< number of their latest hit; 0: free
  };

  void add(std::uint32_t engager, std::uint32_t i) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = base::mix64(engager) & mask;; at = (at + 1) & mask) {
      Slot& slot = slots_[at];
      if (slot.latest_plus_one != 0 && slot.engager != engager) continue;
      before_[i] = slot.latest_plus_one;
      if (slot.latest_plus_one != 0) behind_[slot.latest_plus_one - 1] = i;
      slot = {engager, i + 1};
      return;
    }
  }

  std::vector<std::uint32_t> before_, behind_;
  std::vector<Slot> slots_;  ///< open addressing
};

}  // namespace renown::score
