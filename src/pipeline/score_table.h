/// The score file and the ledger file: their columns in the order of the contract (docs/formats/score-file.md).
#pragma once

#include "pipeline/table_file.h"
#include "score/ledger_line.h"
#include "score/score_sheet.h"

namespace renown::pipeline {

/// One row for each account of the view's ranking. `view` must outlive the table.
Table score_table(const score::ScoreView& view);

/// One row for each line of the ledger that was made beside the view's scores. Both must outlive the table.
Table ledger_table(const score::ScoreView& view, const score::Ledger& ledger);

}  // namespace renown::pipeline
