/// What if: one person's card as it would be without some of the acts, recomputed exactly.
#pragma once

#include <functional>

#include "renown/score_card.h"

#include "score/score_run.h"

namespace renown::score {

/// The card of `target` if the acts that `is_dropped` names had never been. All else is held: who is verified, the
/// standing of engagers, which other acts count. With nothing dropped it is the card of the run, to the bit.
/// Takes time in proportion to the target's acts.
ScoreCard card_without(const ScoreRun& run, PersonId target,
                       const std::function<bool(const aggregate::Pair&, const aggregate::Event&)>& is_dropped);

}  // namespace renown::score
