/// Foursquare and Swarm: the data export of one's account (docs/formats/archives.md).
#pragma once

#include <memory>

#include "ingest/archive/archive.h"
#include "ingest/archive/network.h"

namespace renown::ingest::archive::foursquare {

std::unique_ptr<Network> make_network();

/// Whether the names of its members are those of such an export.
bool looks_like_foursquare(const Archive& archive);

}  // namespace renown::ingest::archive::foursquare
