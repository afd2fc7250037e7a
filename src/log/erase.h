/// Erasing an account, whole or not at all. For the sources of this folder only.
#pragma once

#include <string_view>

#include "log/interaction_log.h"
#include "log/open_log.h"

namespace renown::log {

/// InteractionLog::erase on a log without imports and readers.
Result<EraseCounts> erase_account(OpenLog& log, std::string_view network, std::string_view account);

}  // namespace renown::log
