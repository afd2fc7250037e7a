/// What is inside a log or a store: enough to tell whether a copy is as good as what it was made of.
#pragma once

#include <cstdint>
#include <string>

#include "renown/result.h"

#include "log/interaction_log.h"
#include "pipeline/progress.h"

namespace renown::upkeep {

struct Facts {
  std::int64_t schema_version = 0;
  std::uint64_t rows = 0;  ///< interactions; of a store: rows of all its tables
};

/// How much is read: `quick` opens and counts, `whole` reads every row and every index.
enum class Depth { quick, whole };

/// errors  bad_input where it is damaged; of the log; cancelled
Result<Facts> facts_of_log(const log::InteractionLog& log, Depth depth, pipeline::Progress& progress);

/// Opens it for reading, looks and closes it. errors  bad_input where it is no store, or damaged; io, busy
Result<Facts> facts_of_store(const std::string& path, Depth depth);

}  // namespace renown::upkeep
