/// Jetstream: captures of Bluesky's event stream, one JSON object a line (docs/formats/jetstream.md).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"
#include "model/interaction_reader.h"

namespace renown::ingest::jetstream {

/// name  the log in error sentences and places: "capture.ndjson.zst:17"
std::unique_ptr<model::InteractionReader> make_reader(std::string name, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options);

/// Whether a log that begins with these bytes (unpacked, byte-order mark taken off) is in this format.
bool looks_like_jetstream(std::string_view head);

}  // namespace renown::ingest::jetstream
