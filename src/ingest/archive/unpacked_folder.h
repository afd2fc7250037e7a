/// An archive that its owner has unpacked already.
#pragma once

#include <memory>
#include <string>

#include "renown/result.h"

#include "ingest/archive/archive.h"

namespace renown::ingest::archive {

/// errors  as open_archive
Result<std::unique_ptr<Archive>> open_folder(const std::string& path, ArchiveLimits limits);

}  // namespace renown::ingest::archive
