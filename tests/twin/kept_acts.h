/// Which rows of a log count as acts, and why the others do not.
#pragma once

#include <cstddef>
#include <vector>

#include "twin/world.h"

namespace renown::twin {

/// Rows that do not count, each under the first reason that applies, in this order.
struct Dropped {
  std::size_t future = 0;     ///< at or after as_of
  std::size_t withdrawn = 0;  ///< withdrawn by an undo
  std::size_t weight_0 = 0;   ///< post, follow, undo
  std::size_t own = 0;        ///< between accounts of one person
  std::size_t merged = 0;     ///< another row of the same act stands for it
  std::size_t provoked = 0;   ///< replies that the target asked for
  std::size_t farm = 0;       ///< by an account on the farm list

  bool operator==(const Dropped&) const = default;
};

struct KeptActs {
  std::vector<Row> acts;  ///< sorted by before_in_time
  Dropped dropped;
};

KeptActs kept_acts(const World& world);

/// Order by time; equal seconds: by kind order, network, post, id, actor, target, tags in byte order.
bool before_in_time(const Row& a, const Row& b);

}  // namespace renown::twin
