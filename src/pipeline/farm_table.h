/// The farm file: the evidence against each flagged account (docs/formats/farm-file.md).
#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/table_file.h"
#include "score/score_sheet.h"

namespace renown::pipeline {

/// One row of the farm file: a farm, from 0 on, and one of its accounts.
struct FarmRow {
  std::size_t farm = 0;
  std::size_t account = 0;
};

/// By farm, the largest first, then network and account in byte order.
std::vector<FarmRow> farm_rows(const score::ScoreView& view);

/// `view` and `rows` must outlive the table.
Table farm_table(const score::ScoreView& view, const std::vector<FarmRow>& rows);

}  // namespace renown::pipeline
