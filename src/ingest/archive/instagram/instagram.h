/// Instagram: the export of one's own account as JSON (docs/formats/archives.md).
#pragma once

#include <memory>

#include "ingest/archive/archive.h"
#include "ingest/archive/network.h"

namespace renown::ingest::archive::instagram {

std::unique_ptr<Network> make_network();

/// Whether the names of its members are those of such an export.
bool looks_like_instagram(const Archive& archive);

}  // namespace renown::ingest::archive::instagram
