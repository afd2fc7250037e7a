/// Copying an open log, for backups. For the sources of this folder only.
#pragma once

#include <string>

#include "renown/result.h"

#include "log/open_log.h"

namespace renown::log {

/// InteractionLog::write_copy.
Result<void> write_copy_of(const OpenLog& log, const std::string& path);

}  // namespace renown::log
