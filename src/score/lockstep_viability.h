/// Viability: who can be of a block at all (docs/scoring/farms.md, step 0). For lockstep.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/spill_area.h"
#include "score/lockstep.h"

namespace renown::score {

/// Where those who are left meet: all hits on targets with a viable slot. Engagers and targets of these hits are
/// numbered anew, from 0 on and in their order.
struct Meetings {
  std::vector<Hit> hits;                ///< sorted by (target, time, engager)
  std::vector<std::uint32_t> engagers;  ///< by new number: the number in the source; rising
  std::vector<std::uint32_t> targets;   ///< likewise
  std::vector<bool> viable;             ///< by engager
  std::vector<std::uint32_t> fullest;   ///< by target: viable hits in one slot at the most
};

/// In every slot of a block its engagers are most of who was there, and each of them is in enough such slots; so
/// whoever is not in enough slots of which most are viable is not viable, which takes others with them, until nobody is
/// left or those who come together again and again. Of an honest log next to nobody is: the rest of the search then
/// takes no time however large the log.
///
/// suspects          by engager
/// found             by engager: of a block that was found before; what they did is not seen
/// distinct_targets  by engager, of all their hits
/// targets           of hits are below
/// area              for hits that are read more than once
/// cost              a few passes over the hits, each shorter. The result does not depend on the number of threads
Meetings find_meetings(HitSource& source, const LockstepRule& rule, const std::vector<bool>& suspects,
                       const std::vector<bool>& found, const std::vector<std::uint32_t>& distinct_targets,
                       std::uint32_t targets, base::SpillArea& area, std::size_t threads);

}  // namespace renown::score
