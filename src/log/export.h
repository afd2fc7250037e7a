/// Writing the log as a folder of Parquet files. For the sources of this folder only.
#pragma once

#include <string>

#include "log/interaction_log.h"
#include "log/open_log.h"

namespace renown::log {

/// InteractionLog::export_to
Result<ExportCounts> export_log(const OpenLog& log, const std::string& out);

}  // namespace renown::log
