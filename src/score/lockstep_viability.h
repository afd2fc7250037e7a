/// Viability: who can be of a block at all (docs/scoring/farms.md, step 0). For lockstep.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "score/lockstep_slots.h"

namespace renown::score {

/// Those who are left, and where they can meet.
struct Viability {
  std::vector<bool> engager;           ///< by engager
  std::vector<std::uint32_t> fullest;  ///< by target: viable hits in one slot at the most; 0 where no slot is viable
};

/// In every slot of a block its engagers are most of who was there, and each of them is in enough such slots; so
/// whoever is not in enough slots of which most are viable is not viable, which takes others with them, until nobody is
/// left or those who come together again and again. Of an honest log next to nobody is: the rest of the search then
/// takes no time however large the log.
///
/// suspects          by engager
/// found             by engager: of a block that was found before; what they did is not seen
/// distinct_targets  by engager, of all their hits
/// cost              a few passes over the hits, each shorter; 8 bytes an engager and thread. The result does not
/// depend
///                   on the number of threads
Viability find_viable(const HitTable& table, const LockstepRule& rule, const std::vector<bool>& suspects,
                      const std::vector<bool>& found, const std::vector<std::uint32_t>& distinct_targets,
                      std::size_t threads);

}  // namespace renown::score
