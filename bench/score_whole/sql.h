/// The score model as SQL over rows(time, kind, actor, target) and verified(account): docs/scoring, rule by rule.
#pragma once

#include <cstdint>
#include <string>

#include "renown/score_model.h"

namespace renown::bench::score_whole {

/// One statement that makes the table scores(account, raw, vouched, reach, interactions).
std::string score_sql(const ScoreModel& model, std::int64_t as_of);

}  // namespace renown::bench::score_whole
