/// Task `live_event`: one more row comes in, and its target's new card is asked for, at the same as_of.
///
/// Input       a log, a tenth of the accounts verified by hash; the rows that come are reposts, each by somebody new,
/// on
///             the account that most others act on: the dearest case
/// Equal       its raw score, vouched score and interval when all rows have come
/// Measured    wall time of one row. `renown` is LiveScores; `whole_run` scores the log with all of these rows once:
/// what
///             each would cost without it
/// Target      1 ms
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "renown/score_card.h"
#include "renown/score_model.h"

#include "aggregate/event_table.h"
#include "common/candidate.h"
#include "common/log.h"

namespace renown::bench::live_event {

inline constexpr std::size_t kRows = 200;

struct Input {
  aggregate::EventTable events;
  std::int64_t as_of = 0;
  AccountSet verified;
  ScoreModel model;
  PeopleMap nobody_linked;
  std::string network;
  std::string target;
  std::vector<std::string> actors;  ///< of the rows that come

  Interaction row(std::size_t i) const {
    return {.time = as_of - 1 - static_cast<std::int64_t>(i),
            .kind = Kind::repost,
            .network = network,
            .actor = actors[i],
            .target = target,
            .post = {},
            .id = {},
            .tags = {}};
  }
};

Outcome outcome_of(const ScoreCard& card);

std::unique_ptr<Candidate> renown(const Input& input);
std::unique_ptr<Candidate> whole_run(const Input& input);

}  // namespace renown::bench::live_event
