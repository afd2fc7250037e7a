/// LogReader: the interaction log, but for its first `skip` rows, as a stream. For the sources of this folder only.
#pragma once

#include <memory>

#include "log/open_log.h"
#include "model/interaction_reader.h"

namespace renown::log {

Result<std::unique_ptr<model::InteractionReader>> open_log_reader(std::shared_ptr<const OpenLog> log,
                                                                  std::uint64_t size_bytes, std::uint64_t skip = 0);

}  // namespace renown::log
