/// Zip and tar through libarchive.
#pragma once

#include <memory>
#include <string>

#include "renown/result.h"

#include "ingest/archive/archive.h"

namespace renown::ingest::archive {

enum class Packing { zip, empty_zip, tar };  ///< empty: libarchive does not know a zip without members

/// errors  as open_archive
Result<std::unique_ptr<Archive>> open_packed(const std::string& path, Packing packing, ArchiveLimits limits);

}  // namespace renown::ingest::archive
