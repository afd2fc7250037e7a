/// The table of scores on a terminal.
#pragma once

#include <string>

#include "cli/terminal.h"
#include "score/score_run.h"
#include "score/score_sheet.h"

namespace renown::cli {

/// The first `top` people (0: all), one line each, as wide as the terminal allows.
std::string score_text(const Terminal& terminal, const score::ScoreView& view, std::uint64_t top);

/// "forum:hazel"; for a linked person "Hazel Fenn (forum:hazel)" or "Robin (3 accounts)"; safe to print.
std::string person_label(const score::ScoreView& view, score::PersonId person);
std::string person_label(const score::ScoreRun& run, score::PersonId person);

/// "forum:hazel", safe to print.
std::string account_label(const score::ScoreRun& run, score::AccountId account);

}  // namespace renown::cli
