/// The flat log as NDJSON: one JSON object a line, its keys the columns.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"
#include "model/interaction_reader.h"

namespace renown::ingest::flat {

/// Reads `source` as docs/formats/flat-log.md says.
/// log  its name in sentences and places
std::unique_ptr<model::InteractionReader> read_ndjson(std::string log, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options);

/// Whether the first line among the first bytes of a log is a JSON object with the keys time, kind and actor.
bool looks_like_ndjson(std::string_view head);

}  // namespace renown::ingest::flat
