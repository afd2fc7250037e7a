/// Sweep: scores a log of any size, partition by partition, without keeping its acts.
///
/// The same rules and the same sums as ScoreRun, which holds every act so that it can give reasons: the scores are the
/// same to the bit (tests/twin). The steps, each over all partitions by several threads:
///
///     rows   -> acts -> weighed pairs by target, deeds by actor        make_pairs       (aggregate/act_maker.h)
///     deeds  -> hits -> farms                                          FarmSweep        (score/farm_sweep.h)
///     pairs  -> V of round one                                         round_one
///     pairs  -> cards                                                  make_cards
///     cards  -> ranking                                                rank
///
/// Where a ledger is asked for, LedgerSweep goes along: it chooses an act for each pair in make_pairs, and makes the
/// lines in make_cards (score/ledger_sweep.h).
#pragma once

#include <cstddef>
#include <cstdint>

#include "renown/account.h"
#include "renown/result.h"
#include "renown/score_model.h"

#include "aggregate/intake.h"
#include "base/spill_area.h"
#include "score/go_on.h"
#include "score/score_sheet.h"

namespace renown::score {

struct SweepRequest {
  const ScoreModel& model;
  std::int64_t as_of = 0;
  const PeopleMap& people;               ///< the same that the intake had; must outlive the result
  const AccountSet* verified = nullptr;  ///< null: unprotected
  const AccountSet& pardoned;
  std::size_t threads = 1;
  bool ledger = false;  ///< make one; the intake must have kept texts
};

/// Takes everything out of `intake`. Memory: about 100 bytes an account and, as far as
/// the area allows, 16 to 50 bytes a row; the rest is in files of the area. The result is the same for any number of
/// threads and any size of the area.
///
/// errors  io (no room for working data), cancelled
Result<ScoreSheet> sweep_scores(aggregate::Intake& intake, base::SpillArea& area, const SweepRequest& request,
                                const GoOn& go_on);

}  // namespace renown::score
