/// Logs that this process shares among its parts. For the sources of this folder only.
#pragma once

#include <memory>
#include <string>

namespace renown::log {

struct OpenLog;

/// From now on shared_log() of its folder gives it, as long as anybody has it. Safe for threads, as all here.
void share_log(const std::shared_ptr<OpenLog>& log);

/// The shared log of that folder, however its path is spelled; null where there is none.
std::shared_ptr<OpenLog> shared_log(const std::string& folder);

}  // namespace renown::log
