/// Restoring a backup, and checking one without restoring it.
#pragma once

#include <cstdint>
#include <string>

#include "renown/result.h"

#include "pipeline/progress.h"
#include "upkeep/facts.h"
#include "upkeep/manifest.h"

namespace renown::upkeep {

struct RestoreRequest {
  std::string backup_file;
  std::string data_folder;     ///< empty or absent before
  std::string token_key_file;  ///< where the key of sealed tokens goes, if the backup holds it
  Depth depth = Depth::quick;  ///< how much is read again once it is unpacked
};

struct RestoreReport {
  Manifest manifest;
  std::uint64_t size_bytes = 0;  ///< of the backup
  bool wrote_token_key = false;
};

/// Restores a whole backup into an empty or absent folder, or nothing. All is unpacked, compared with its digests,
/// opened and counted before the folder becomes a data folder: until then no command takes it for one. What a killed
/// restore left is removed when the same is asked again. Logs and stores of older versions are brought up to date when
/// they are next opened for writing.
///
/// errors  bad_input for what is no backup, damaged, cut off or hostile, and for a folder with other files in it; busy;
///         io, also where there is not enough room; usage where another token key is in the way; cancelled
Result<RestoreReport> restore(const RestoreRequest& request, pipeline::Progress& progress);

/// Does all of that but for the data folder: it unpacks below `scratch`, and nothing is left of it afterwards.
Result<RestoreReport> verify_backup(const std::string& backup_file, const std::string& scratch,
                                    pipeline::Progress& progress);

}  // namespace renown::upkeep
