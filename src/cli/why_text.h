/// An explanation in words and small bars, and as JSON.
#pragma once

#include <string>

#include "cli/terminal.h"
#include "pipeline/json_text.h"
#include "score/change.h"
#include "score/explain.h"
#include "score/score_run.h"

namespace renown::cli {

std::string why_text(const Terminal& terminal, const score::ScoreRun& run, score::PersonId person,
                     const score::Explanation& why, std::uint64_t top);

/// What changed between `before` and `after`, line by line, and the percentile apart.
std::string change_text(const Terminal& terminal, const score::ScoreRun& before, const score::ScoreRun& after,
                        const score::Change& change, std::uint64_t top);

/// Members of the object that is open in `json`; every engager and part, not only the first.
void add_why(pipeline::JsonText& json, const score::ScoreRun& run, const score::Explanation& why);
void add_change(pipeline::JsonText& json, const score::ScoreRun& before, const score::ScoreRun& after,
                const score::Change& change);

}  // namespace renown::cli
