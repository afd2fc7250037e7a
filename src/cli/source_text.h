/// Sources as a table and as JSON.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "log/source.h"
#include "pipeline/source_reader.h"

namespace renown::cli {

/// source, rows, last complete reading, state; why it is not complete below.
std::string sources_text(const Terminal& terminal, const std::vector<log::Source>& sources);

/// The same of what a sync did: rows that are new.
std::string outcomes_text(const Terminal& terminal, const std::vector<pipeline::SourceOutcome>& outcomes);

std::string sources_json(const std::vector<log::Source>& sources);
std::string outcomes_json(const std::vector<pipeline::SourceOutcome>& outcomes);

/// One reading of a source that is followed, as a line.
std::string reading_line(const pipeline::SourceOutcome& outcome);

}  // namespace renown::cli
