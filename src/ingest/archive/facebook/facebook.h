/// Facebook: the export of one's own information as JSON, in English (docs/formats/archives.md).
#pragma once

#include <memory>

#include "ingest/archive/archive.h"
#include "ingest/archive/network.h"

namespace renown::ingest::archive::facebook {

std::unique_ptr<Network> make_network();

/// Whether the names of its members are those of such an export.
bool looks_like_facebook(const Archive& archive);

}  // namespace renown::ingest::archive::facebook
