/// The score file and the ledger file: their columns in the order of the contract (docs/formats/score-file.md).
#pragma once

#include <vector>

#include "pipeline/table_file.h"
#include "score/ledger.h"
#include "score/score_run.h"

namespace renown::pipeline {

/// One row of the score file.
struct ScoreRow {
  score::AccountId account = 0;
  score::PersonId person = 0;
};

/// Accounts that received at least one kept act, by raw descending, then network and account in byte order.
std::vector<ScoreRow> score_rows(const score::ScoreRun& run);

/// `run` and `rows` must outlive the table.
Table score_table(const score::ScoreRun& run, const std::vector<ScoreRow>& rows);

/// `run` and `lines` must outlive the table.
Table ledger_table(const score::ScoreRun& run, const std::vector<score::LedgerLine>& lines);

}  // namespace renown::pipeline
