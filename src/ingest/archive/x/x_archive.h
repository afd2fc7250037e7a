/// X (Twitter): the archive of one's own account (docs/formats/archives.md).
#pragma once

#include <memory>

#include "ingest/archive/archive.h"
#include "ingest/archive/network.h"

namespace renown::ingest::archive::x {

std::unique_ptr<Network> make_network();

/// Whether the names of its members are those of such an archive.
bool looks_like_x(const Archive& archive);

}  // namespace renown::ingest::archive::x
