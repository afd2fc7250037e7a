/// LogReader: the whole interaction log as a stream. For the sources of this folder only.
#pragma once

#include <memory>

#include "log/open_log.h"
#include "model/interaction_reader.h"

namespace renown::log {

Result<std::unique_ptr<model::InteractionReader>> open_log_reader(std::shared_ptr<const OpenLog> log,
                                                                  std::uint64_t size_bytes);

}  // namespace renown::log
