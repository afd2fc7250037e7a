/// What a run read, kept and dropped, in words: the part of the output that says why a row did not count.
#pragma once

#include <string>

#include "aggregate/acts.h"
#include "cli/terminal.h"
#include "pipeline/json_text.h"
#include "pipeline/read_logs.h"
#include "score/score_sheet.h"

namespace renown::cli {

/// Lines for the error stream: records read and left out, bad ones with their place, rows dropped by reason, notices.
std::string summary_text(const Terminal& terminal, const pipeline::ReadSummary& read,
                         const aggregate::DropCounts& dropped);

/// What the farm search found, and how to pardon; empty where it found nothing.
std::string farm_text(const Terminal& terminal, const score::ScoreView& view);

/// Warnings about a run: no list of verified people, or a verified share far from what the model expects.
std::string protection_text(const Terminal& terminal, const score::ScoreView& view);

/// The same as members "read" and "rows" of the object that is open in `json`.
void add_summary(pipeline::JsonText& json, const pipeline::ReadSummary& read, const aggregate::DropCounts& dropped);

/// Places and reasons of the first bad records, and notices, one a line.
std::string problems_text(const Terminal& terminal, const model::ReadReport& report);

}  // namespace renown::cli
