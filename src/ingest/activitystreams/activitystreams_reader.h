/// ActivityStreams 2.0, the language of the Fediverse: one activity a line (docs/formats/activitystreams.md).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"
#include "model/interaction_reader.h"

namespace renown::ingest::activitystreams {

/// name  the log in error sentences and places: "inbox.ndjson:17"
std::unique_ptr<model::InteractionReader> make_reader(std::string name, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options);

/// Whether a log that begins with these bytes (unpacked, byte-order mark taken off) is in this format.
bool looks_like_activitystreams(std::string_view head);

}  // namespace renown::ingest::activitystreams
