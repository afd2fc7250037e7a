/// Google+: the Takeout of a stream, which names everybody who engaged (docs/formats/archives.md).
#pragma once

#include <memory>

#include "ingest/archive/archive.h"
#include "ingest/archive/network.h"

namespace renown::ingest::archive::googleplus {

std::unique_ptr<Network> make_network();

/// Whether the names of its members are those of such a Takeout.
bool looks_like_googleplus(const Archive& archive);

}  // namespace renown::ingest::archive::googleplus
