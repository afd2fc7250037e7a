/// The tables of an exam on a terminal.
#pragma once

#include <string>

#include "cli/terminal.h"
#include "evaluate/exam.h"

namespace renown::cli {

/// One table a split, of the measures of `outcome`, and below it what the first model has over the best baseline of
/// each column; then agreement between networks and daily moves.
std::string exam_text(const Terminal& terminal, const evaluate::ExamReport& report, evaluate::Outcome outcome);

}  // namespace renown::cli
