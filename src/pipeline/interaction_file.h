/// Interaction files: writing rows as a flat log (docs/formats/flat-log.md), of any length in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "renown/result.h"

#include "pipeline/progress.h"
#include "pipeline/row_pieces.h"

namespace renown::pipeline {

/// What a log will take at most on the disk, and what it took.
struct InteractionFile {
  std::uint64_t rows = 0;
  std::uint64_t size_bytes = 0;  ///< of "-" what was written to it
};

/// Whether the name says a format that can be written: FILE.csv, FILE.ndjson, FILE.parquet, or "-", which is CSV.
/// errors  usage, naming the endings there are
Result<void> check_interaction_path(const std::string& path);

/// Writes `rows` rows whole or not at all, except to "-", which is written through. The bytes are the same for any
/// number of threads. Memory: a few MiB a thread; for Parquet also one row group. `make` and `progress` are
/// called by those threads, `progress` by one at a time.
///
/// max_bytes  the file never becomes larger. The size is foreseen from some of the rows, so that a file that is
///            much too large is refused before it is begun
/// errors     usage for a name that says no format; io when the file would exceed max_bytes, the disk has less room, or
///            it cannot be written; cancelled
Result<InteractionFile> write_interactions(const std::string& path, std::uint64_t rows, const RowMaker& make,
                                           std::uint64_t max_bytes, std::size_t threads, Progress& progress);

}  // namespace renown::pipeline
