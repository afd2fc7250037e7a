/// ArchiveLog: an archive as a log: its network says which members are read, and what their records stand for.
#pragma once

#include <memory>
#include <string>

#include "ingest/archive/archive.h"
#include "ingest/archive/network.h"
#include "model/interaction_reader.h"

namespace renown::ingest::archive {

/// name  the archive in error sentences and places: "takeout.zip: Takeout/Posts/a.json record 3"
std::unique_ptr<model::InteractionReader> read_archive(std::string name, std::unique_ptr<Archive> archive,
                                                       std::unique_ptr<Network> network, model::ReadOptions options);

}  // namespace renown::ingest::archive
