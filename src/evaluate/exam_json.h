/// The report of an exam as JSON: every figure, and all that is needed to get the same figures again.
#pragma once

#include <string>
#include <string_view>

#include "evaluate/exam.h"
#include "pipeline/read_logs.h"

namespace renown::evaluate {

/// Program version, digests of logs and lists, seeds, models with all constants, and the report. Places after the
/// decimal point are rounded to six, so that the figures do not hang on the last bits of a C library's logarithm.
std::string exam_json(const ExamReport& report, const ExamRequest& request, const pipeline::ReadSummary& read,
                      const pipeline::LoadedLists& lists, std::string_view program_version);

}  // namespace renown::evaluate
