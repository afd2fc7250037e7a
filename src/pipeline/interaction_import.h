/// Interaction import: rows that are made, straight into the interaction log of a data folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "renown/result.h"

#include "log/import.h"
#include "pipeline/progress.h"
#include "pipeline/row_pieces.h"

namespace renown::pipeline {

struct InteractionImport {
  log::ImportCounts counts;
  std::uint64_t size_bytes = 0;  ///< by which the data folder grew
};

/// Imports `rows` rows into the folder, which is made where there is none, batch by batch: ended in the middle, what
/// was committed stays, and the same import again completes it and doubles nothing. Memory: that of an import.
///
/// name       of the import, for the list of imports
/// max_bytes  the folder never grows by more, apart from one batch. Foreseen as for a file
/// now        unix seconds, for the list of imports
/// errors     io when it would grow by more than max_bytes or the disk has less room; of the interaction log; cancelled
Result<InteractionImport> import_interactions(const std::string& folder, const std::string& name, std::uint64_t rows,
                                              const RowMaker& make, std::uint64_t max_bytes, std::size_t threads,
                                              std::int64_t now, Progress& progress);

}  // namespace renown::pipeline
