/// Importing: from logs of any format into the interaction log of a data folder.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "renown/result.h"

#include "log/interaction_log.h"
#include "pipeline/progress.h"
#include "pipeline/read_logs.h"

namespace renown::pipeline {

struct ImportRequest {
  ReadRequest logs;
  std::string data_folder;         ///< made where there is none
  std::int64_t now = 0;            ///< unix seconds, for the list of imports
  std::uint64_t batch_rows = 0;    ///< 0: the default
  std::uint64_t memory_bytes = 0;  ///< 0: the default

  /// Called after every commit with the rows that are durable by then, counted over all logs of the request.
  std::function<void(std::uint64_t batches, std::uint64_t rows_durable)> on_commit = {};
};

struct ImportSummary {
  ReadSummary read;
  log::ImportCounts counts;  ///< over all logs
};

/// Adds every row that is not there yet. Ended in the middle, what was committed stays; the same import again
/// completes it and doubles nothing.
///
/// errors  of reading, and of the interaction log; cancelled
Result<ImportSummary> import_logs(const ImportRequest& request, Progress& progress);

}  // namespace renown::pipeline
