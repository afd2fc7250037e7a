/// The ledger of a run with reasons: every contribution to a raw score (docs/scoring/ledger.md).
#pragma once

#include <vector>

#include "score/ledger_line.h"
#include "score/score_run.h"

namespace renown::score {

/// The lines of one person: engagers inside the window, in the order of engagers.
std::vector<LedgerLine> ledger_of(const ScoreRun& run, PersonId target);

/// The lines of everybody, by (account, actor) in byte order. LedgerSweep makes the same without holding acts.
std::vector<LedgerLine> whole_ledger(const ScoreRun& run);

}  // namespace renown::score
