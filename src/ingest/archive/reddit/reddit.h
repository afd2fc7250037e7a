/// Reddit: the copy of one's data that Reddit sends on request (docs/formats/archives.md).
#pragma once

#include <memory>

#include "ingest/archive/archive.h"
#include "ingest/archive/network.h"

namespace renown::ingest::archive::reddit {

std::unique_ptr<Network> make_network();

/// Whether the names of its members are those of such a copy.
bool looks_like_reddit(const Archive& archive);

}  // namespace renown::ingest::archive::reddit
