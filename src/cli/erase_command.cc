/// renown erase: an account out of a data folder, for good.

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/erase_text.h"
#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "pipeline/people_folder.h"

namespace renown::cli {

int run_erase(const EraseOptions& options) {
  const auto account = parse_account(options.account);
  if (!account) return report(account.error());
  const auto path = data_folder_or_default(options.data_folder);
  if (!path) return report(path.error());
  const auto key = token_key_or_default(options.token_key_file);
  if (!key) return report(key.error());
  const auto erased = pipeline::erase_account(*path, *account, *key);
  if (!erased) return report(erased.error());
  const Terminal out(stdout);
  if (options.json) {
    out.write(erase_json(*erased));
  } else {
    out.write(
        fmt::format("{} {} interactions removed, {} of others cleaned of the name; it will not be imported again. "
                    "Exports and score files written before are not touched.\n",
                    out.bold("Erased:"), grouped(erased->log.rows_removed), grouped(erased->log.rows_cleaned)));
    if (erased->log.sources > 0) {
      out.write(fmt::format("{} sources that read it are gone, with their tokens.\n", erased->log.sources));
    }
    if (erased->people.accounts > 0) {
      out.write(fmt::format("It was linked to a person, who is {}.\n", erased->people.people > 0
                                                                           ? "gone with it: it was their last account"
                                                                           : "kept: other accounts are theirs"));
    }
  }
  return kOk;
}

}  // namespace renown::cli
