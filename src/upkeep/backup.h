/// Backing up a data folder: one file that holds all of it that cannot be made anew (docs/formats/backup.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "renown/result.h"

#include "log/interaction_log.h"
#include "pipeline/progress.h"
#include "upkeep/manifest.h"

namespace renown::upkeep {

struct BackupRequest {
  std::string data_folder;
  std::string out_file;
  std::string token_key_file;   ///< where the key of sealed tokens stands; it need not be there
  bool with_token_key = false;  ///< put it in as well; without it whoever gets the file reads no token
  std::int64_t now = 0;         ///< unix seconds
};

struct BackupReport {
  Manifest manifest;
  std::uint64_t size_bytes = 0;       ///< of the file
  std::vector<std::string> left_out;  ///< files in the data folder that are nothing of Renown
};

/// Backs up a folder that nobody writes: it holds the folder as a reader.
///
/// The file appears whole or not at all, and only its owner may read it. While it is made, OUT.partial beside it holds
/// copies of log and stores, so that there must be room for a second log; memory is bounded. Every row is read, and so
/// a damaged log is not backed up in silence.
///
/// errors  busy, naming who writes; not_found; bad_input for what is damaged; usage; io: nothing is left behind then;
///         cancelled
Result<BackupReport> back_up(const BackupRequest& request, pipeline::Progress& progress);

/// The same for a process that has the folder open, for reading or writing, and goes on using it. Each store is copied
/// as of one moment, the log first: what an erase takes out meanwhile may be in one copy and not in the other.
Result<BackupReport> back_up(const log::InteractionLog& log, const BackupRequest& request,
                             pipeline::Progress& progress);

/// Removes what back_up() to that file left when it was killed: copies of log and stores, that is, also of whom an
/// erase has taken out since. Nothing is done where nothing is left, or another process is at work there.
///
/// errors  bad_input for a folder of that name with other things in it; io
Result<void> remove_unfinished_backup(const std::string& out_file);

}  // namespace renown::upkeep
