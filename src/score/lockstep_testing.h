/// What the tests of the search for lockstep share: a rule that small logs can meet.
#pragma once

#include <cstdint>

#include "score/lockstep.h"

namespace renown::score::test {

inline constexpr std::int64_t kHour = 3600;

/// Small enough to reach by hand: three in a slot are a crowd, two targets are enough for an account, four for a block.
inline LockstepRule small_rule() {
  return {.slot_seconds = 600,
          .sitting_seconds = kHour,
          .reference_density = 0.15,
          .margin = 4,
          .evidence = 3.9,
          .block_share = 0.0,
          .account_share = 0.1,
          .account_targets = 2,
          .block_targets = 4,
          .slot_engagers = 3};
}

}  // namespace renown::score::test
