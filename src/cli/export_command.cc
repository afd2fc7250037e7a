/// renown export: the interaction log as Parquet.

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "log/interaction_log.h"
#include "pipeline/json_text.h"

namespace renown::cli {

int run_export(const ExportOptions& options) {
  const auto path = data_folder_or_default(options.data_folder);
  if (!path) return report(path.error());
  auto folder = log::InteractionLog::open_for_reading(*path);
  if (!folder) return report(folder.error());
  const auto written = folder->export_to(options.out_folder);
  if (!written) return report(written.error());
  const Terminal out(stdout);
  if (options.json) {
    pipeline::JsonText json;
    json.begin_object();
    json.count("rows", written->rows);
    json.count("files", written->files);
    json.end_object();
    out.write(std::move(json).take());
  } else {
    out.write(fmt::format("{} {} interactions in {} files under {}\n", out.bold("Exported:"), grouped(written->rows),
                          grouped(written->files), base::printable(options.out_folder)));
  }
  return kOk;
}

}  // namespace renown::cli
