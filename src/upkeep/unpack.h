/// Unpacking a backup into a working folder. For the sources of this folder only.
#pragma once

#include <cstdint>
#include <string>

#include "renown/result.h"

#include "pipeline/progress.h"
#include "upkeep/facts.h"
#include "upkeep/manifest.h"

namespace renown::upkeep {

struct Unpacked {
  Manifest manifest;
  std::uint64_t size_bytes = 0;  ///< of the backup
};

/// Checks the seal, then writes every member below `folder`, synced, and compares it with the manifest. Only members
/// that the manifest lists, in its order and of its sizes, are written, so that nothing leads out of the folder and
/// nothing grows beyond what was foreseen. Where the disk has too little room nothing is begun.
///
/// errors  bad_input, one sentence naming the file; io; cancelled
Result<Unpacked> unpack(const std::string& backup_file, const std::string& folder, pipeline::Progress& progress);

/// Opens log and stores in a folder where a manifest's members lie, and compares them with it.
/// errors  bad_input for what is damaged, or of a newer program; cancelled
Result<void> look_into(const Manifest& manifest, const std::string& folder, Depth depth, pipeline::Progress& progress);

}  // namespace renown::upkeep
