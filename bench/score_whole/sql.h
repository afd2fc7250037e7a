/// The score model as SQL over rows(time, kind, actor, target): docs/scoring, rule by rule.
#pragma once

#include <cstdint>
#include <string>

#include "renown/score_model.h"

namespace renown::bench::score_whole {

/// One statement that makes the table scores(account, raw, vouched, reach, interactions). Who is verified stands in
/// verified(account).
std::string score_sql(const ScoreModel& model, std::int64_t as_of);

/// One statement that makes the table cards(number, raw, vouched, amplification, half_width, reach, interactions),
/// ranked. Who is who stands in names(number, network, account, grp), who is verified in verified_names(network,
/// account).
std::string cards_sql(const ScoreModel& model, std::int64_t as_of);

}  // namespace renown::bench::score_whole
