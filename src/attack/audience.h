/// Audience: how much honest engagement an ordinary account of a log draws. Bots are given no more than that.
#pragma once

#include <vector>

#include "aggregate/event_table.h"
#include "score/score_run.h"

namespace renown::attack {

/// Medians over people. An own act is any row of theirs but follow and undo; received acts are those that count.
struct Audience {
  double received_per_own_act = 0.0;         ///< of everybody with an own act: what an ordinary post draws
  double scored_received_per_own_act = 0.0;  ///< of those of them who have a score
  double scored_received_per_day =
      0.0;                       ///< of those who have a score, on UTC days on which they act or are engaged with
  double scored_engagers = 0.0;  ///< people who engaged with somebody who has a score
};

/// rows  numbered as `run` (EventTable::order_accounts); `scored`: people with a score
Audience measure_audience(const aggregate::EventTable& rows, const score::ScoreRun& run,
                          const std::vector<aggregate::PersonId>& scored);

}  // namespace renown::attack
