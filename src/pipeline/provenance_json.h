/// Provenance: which files a run went by, as JSON. The same members in lock files, exams and attack reports.
#pragma once

#include <optional>
#include <string_view>

#include "pipeline/json_text.h"
#include "pipeline/read_logs.h"
#include "pipeline/score_log.h"

namespace renown::pipeline {

/// Adds the member "inputs" to the object that is open: each log with its digest and counts.
void add_inputs(JsonText& json, const ReadSummary& read);

/// Adds the member `key`: a list file with its digest, or null where none was given.
void add_list_file(JsonText& json, std::string_view key, const std::optional<ListFile>& file);

}  // namespace renown::pipeline
