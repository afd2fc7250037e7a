/// Standing: engagement by people of standing counts a little more (docs/scoring/standing.md).
#pragma once

#include "renown/score_model.h"

#include "score/points.h"

namespace renown::score {

/// m_ij = 1 + mu * standing_i(-j),  standing_i(-j) = P(V_i without what j gave i) / 100
///
/// Leaving out j's own gift keeps P1: nothing j does enters the weight of those who answer j. V_i is that of round one,
/// where every m is 1, so there is no loop and no fixed point.
///
/// vouched_round_one  V_i of the engager, unit people;  gift  what the target gave the engager in round one, 0 if
/// nothing or if the target is not verified;  returns  no unit, in [1, 1 + mu]
double standing_factor(const ScoreModel& model, const Scale& scale, double vouched_round_one, double gift);

}  // namespace renown::score
