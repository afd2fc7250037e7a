/// GH Archive: hours of public GitHub events, one JSON object a line (docs/formats/gharchive.md).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"
#include "model/interaction_reader.h"

namespace renown::ingest::gharchive {

/// name  the log in error sentences and places: "2015-01-01-0.json.gz:17"
std::unique_ptr<model::InteractionReader> make_reader(std::string name, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options);

/// Whether a log that begins with these bytes (unpacked, byte-order mark taken off) is in this format.
bool looks_like_gharchive(std::string_view head);

}  // namespace renown::ingest::gharchive
