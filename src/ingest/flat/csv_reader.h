/// The flat log as CSV: a header line that names the columns, then one row an interaction.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"
#include "model/interaction_reader.h"

namespace renown::ingest::flat {

/// Reads `source` as docs/formats/flat-log.md says. What is wrong with the header is an error of the first read().
/// log  its name in sentences and places
std::unique_ptr<model::InteractionReader> read_csv(std::string log, std::unique_ptr<io::ByteSource> source,
                                                   model::ReadOptions options);

/// Whether the first bytes of a log are a CSV header with most of the needed columns: one that lacks a column is still
/// meant as a flat log, and the reader says which is missing.
bool looks_like_csv(std::string_view head);

}  // namespace renown::ingest::flat
