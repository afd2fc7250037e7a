/// renown restore: a data folder of a backup, or whether a backup is good.

#include <cstdlib>

#include <fmt/format.h>

#include "cli/backup_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/progress_bar.h"
#include "cli/terminal.h"
#include "upkeep/restore.h"

namespace renown::cli {
namespace {

std::string scratch_folder() {
  const char* folder = std::getenv("TMPDIR");
  return folder == nullptr || *folder == '\0' ? "/tmp" : folder;
}

Result<upkeep::RestoreReport> run(const RestoreOptions& options, pipeline::Progress& progress) {
  if (options.verify && options.data_folder.empty()) {
    return upkeep::verify_backup(options.backup_file, scratch_folder(), progress);
  }
  const auto data_folder = data_folder_or_default(options.data_folder);
  if (!data_folder) return data_folder.error();
  const auto key = token_key_or_default(options.token_key_file);
  if (!key) return key.error();
  return upkeep::restore({.backup_file = options.backup_file,
                          .data_folder = *data_folder,
                          .token_key_file = *key,
                          .depth = options.verify ? upkeep::Depth::whole : upkeep::Depth::quick},
                         progress);
}

}  // namespace

int run_restore(const RestoreOptions& options) {
  ProgressBar progress;
  const auto restored = run(options, progress);
  progress.clear();
  if (!restored) return report(restored.error());
  const Terminal out(stdout);
  const bool only_verified = options.verify && options.data_folder.empty();
  out.write(options.json ? backup_json(restored->manifest, restored->size_bytes)
                         : backup_text(out, only_verified ? "Verified:" : "Restored:", restored->manifest,
                                       restored->size_bytes));
  return kOk;
}

}  // namespace renown::cli
