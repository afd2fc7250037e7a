/// The lock file beside a score file: all that is needed to get the same bytes again (docs/formats/score-file.md).
#pragma once

#include <string>

#include "io/file_writer.h"
#include "pipeline/score_log.h"

namespace renown::pipeline {

/// JSON: program version, as_of, model with all constants, digests of logs and lists, how verification was decided.
/// `run`, where there is one: also what the farm search found.
std::string lock_text(const ScoreRequest& request, const RunInputs& loaded, std::string_view program_version,
                      const score::ScoreView* run = nullptr);

/// Writes lock_text beside `score_path`.lock; commit() puts it in place. errors  io
Result<io::FileWriter> write_lock(const std::string& score_path, const std::string& text);

}  // namespace renown::pipeline
