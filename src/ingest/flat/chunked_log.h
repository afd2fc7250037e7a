/// ChunkedLog: a flat log of lines as an InteractionReader, its chunks parsed by one thread or several.
#pragma once

#include <memory>
#include <string>

#include "ingest/flat/chunk_parser.h"
#include "io/byte_source.h"
#include "model/interaction_reader.h"

namespace renown::ingest::flat {

/// Rows, report and errors are the same for any number of threads. With one, each block but the last is full; with
/// several, the calling thread reads the bytes and helps to parse.
///
/// log    its name in sentences and places
/// claim  what it should be: "a flat CSV log"
std::unique_ptr<model::InteractionReader> read_chunks(std::string log, std::string claim,
                                                      std::unique_ptr<ChunkFormat> format,
                                                      std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options);

}  // namespace renown::ingest::flat
