/// The flat log as Parquet: one row an interaction, the columns by their names.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "model/interaction_reader.h"

namespace renown::ingest::flat {

/// Reads the file as docs/formats/flat-log.md says, through DuckDB, row group by row group.
/// path  also its name in sentences and places ("events.parquet row 12")
///
/// errors  bad_input for standard input, a packed file, a damaged one, or one without a needed column; io
Result<std::unique_ptr<model::InteractionReader>> open_parquet(std::string path, model::ReadOptions options);

/// Whether the file may hold rows of kind undo: false only if it has been looked at and holds none. Cost: one column is
/// read.
bool parquet_may_hold_undos(const std::string& path);

/// Whether the first bytes of a log are those of a Parquet file.
bool looks_like_parquet(std::string_view head);

}  // namespace renown::ingest::flat
