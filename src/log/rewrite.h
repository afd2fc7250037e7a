/// A copy of the log from which one account is missing. For the sources of this folder only.
#pragma once

#include <string_view>

#include "log/interaction_log.h"
#include "log/open_log.h"

namespace renown::log {

/// Writes everything that stays without the account, and its tombstone, to DataFolder::fresh_database(), on disk and
/// closed when it returns. The log itself is not changed.
Result<EraseCounts> write_without(const OpenLog& log, std::string_view network, std::string_view account);

}  // namespace renown::log
