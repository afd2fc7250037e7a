/// The score file and the ledger file: their columns in the order of the contract (docs/formats/score-file.md).
#pragma once

#include <span>

#include "pipeline/table_file.h"
#include "score/ledger.h"
#include "score/score_run.h"
#include "score/score_sheet.h"

namespace renown::pipeline {

/// One row for each account of the view's ranking. `view` must outlive the table.
Table score_table(const score::ScoreView& view);

/// `run` and `lines` must outlive the table.
Table ledger_table(const score::ScoreRun& run, std::span<const score::LedgerLine> lines);

}  // namespace renown::pipeline
