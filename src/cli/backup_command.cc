/// renown backup: a data folder as one file.

#include <fmt/format.h>

#include "base/text.h"
#include "cli/backup_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/progress_bar.h"
#include "cli/terminal.h"
#include "upkeep/backup.h"

namespace renown::cli {

int run_backup(const BackupOptions& options) {
  const auto data_folder = data_folder_or_default(options.data_folder);
  if (!data_folder) return report(data_folder.error());
  const auto key = token_key_or_default(options.token_key_file);
  if (!key) return report(key.error());
  ProgressBar progress;
  const auto written = upkeep::back_up({.data_folder = *data_folder,
                                        .out_file = options.out_file,
                                        .token_key_file = *key,
                                        .with_token_key = options.with_token_key,
                                        .now = now()},
                                       progress);
  progress.clear();
  if (!written) return report(written.error());
  const Terminal out(stdout), talk(stderr);
  for (const std::string& name : written->left_out) {
    talk.write(
        fmt::format("renown: {} in the data folder is nothing of Renown and was left out\n", base::printable(name)));
  }
  out.write(options.json ? backup_json(written->manifest, written->size_bytes)
                         : backup_text(out, "Backed up:", written->manifest, written->size_bytes));
  return kOk;
}

}  // namespace renown::cli
