/// Equivalent honest people: what bought attention would have cost in real people.
#pragma once

#include "renown/score_model.h"

#include "score/vouching.h"

namespace renown::attack {

/// The number n of honest people who, each engaging once and just now, would have lifted a target to the same raw score
/// as the attack did. They come in the log's own mix: n * verified_mix of them are verified, of no standing.
///
///     w = b1 + b3                            a fresh first-time engagement of the heaviest kind
///     S(V + n verified_mix w, U + n (1 - verified_mix) w) = raw_after
///
/// before        V and U of the target without the attack
/// verified_mix  share of verified people among those who engage in this log, in [0, 1]
/// returns       not whole, >= 0; 0 where the attack gained nothing
double equivalent_people(const ScoreModel& model, const score::Vouching& vouching, score::Engaged before,
                         double verified_mix, double raw_after);

}  // namespace renown::attack
