/// renown doctor: what is well with a data folder, what is not, and what to do.

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "pipeline/json_text.h"
#include "upkeep/doctor.h"

namespace renown::cli {
namespace {

using upkeep::Finding;
using upkeep::Health;

std::string styled(const Terminal& terminal, Health health) {
  const std::string name = pad(upkeep::health_name(health), 5);
  if (health == Health::wrong) return terminal.error(name);
  return health == Health::note ? terminal.warning(name) : name;
}

std::string table(const Terminal& terminal, const std::vector<Finding>& findings) {
  std::size_t columns = 0;
  for (const Finding& finding : findings) columns = std::max(columns, finding.check.size());
  std::string text;
  for (const Finding& finding : findings) {
    text += fmt::format("{}  {}  {}\n", styled(terminal, finding.health), pad(base::printable(finding.check), columns),
                        base::printable(finding.found));
    if (!finding.todo.empty()) {
      text +=
          terminal.dim(fmt::format("       {}  to do: {}", std::string(columns, ' '), base::printable(finding.todo)));
      text += "\n";
    }
  }
  return text;
}

std::string findings_json(const std::vector<Finding>& findings) {
  pipeline::JsonText json;
  json.begin_object();
  json.boolean("well", upkeep::is_well(findings));
  json.begin_array("checks");
  for (const Finding& finding : findings) {
    json.begin_object();
    json.text("check", base::printable(finding.check));
    json.text("health", upkeep::health_name(finding.health));
    json.text("found", base::printable(finding.found));
    json.text("todo", base::printable(finding.todo));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::move(json).take();
}

}  // namespace

int run_doctor(const DoctorOptions& options) {
  const auto data_folder = data_folder_or_default(options.data_folder);
  if (!data_folder) return report(data_folder.error());
  const auto key = token_key_or_default(options.token_key_file);
  if (!key) return report(key.error());
  const auto findings =
      upkeep::examine({.data_folder = *data_folder, .token_key_file = *key, .now = now(), .fix = options.fix});
  if (!findings) return report(findings.error());
  const Terminal out(stdout);
  out.write(options.json ? findings_json(*findings) : table(out, *findings));
  return upkeep::is_well(*findings) ? kOk : kFailure;
}

}  // namespace renown::cli
