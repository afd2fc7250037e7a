/// The Higgs text format: one act a line, `actor target unix_seconds kind` (docs/formats/higgs.md).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"
#include "model/interaction_reader.h"

namespace renown::ingest::higgs {

/// name  the log in error sentences and places: "days-1-5.txt.gz:17"
std::unique_ptr<model::InteractionReader> make_reader(std::string name, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options);

/// Whether a log that begins with these bytes (unpacked, byte-order mark taken off) is in this format.
bool looks_like_higgs(std::string_view head);

}  // namespace renown::ingest::higgs
