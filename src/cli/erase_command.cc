/// renown erase: an account out of a data folder, for good.

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "log/interaction_log.h"
#include "pipeline/json_text.h"

namespace renown::cli {

int run_erase(const EraseOptions& options) {
  const auto account = parse_account(options.account);
  if (!account) return report(account.error());
  const auto path = data_folder_or_default(options.data_folder);
  if (!path) return report(path.error());
  auto folder = log::InteractionLog::open_for_writing(*path);
  if (!folder) return report(folder.error());
  const auto erased = folder->erase(account->network, account->account);
  if (!erased) return report(erased.error());
  const Terminal out(stdout);
  if (options.json) {
    pipeline::JsonText json;
    json.begin_object();
    json.count("rows_removed", erased->rows_removed);
    json.count("rows_cleaned", erased->rows_cleaned);
    json.end_object();
    out.write(std::move(json).take());
  } else {
    out.write(
        fmt::format("{} {} interactions removed, {} of others cleaned of the name; it will not be imported again. "
                    "Exports and score files written before are not touched.\n",
                    out.bold("Erased:"), grouped(erased->rows_removed), grouped(erased->rows_cleaned)));
  }
  return kOk;
}

}  // namespace renown::cli
