/// renown import: logs into a data folder.

#include <algorithm>
#include <cstdio>
#include <thread>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/progress_bar.h"
#include "cli/summary_text.h"
#include "pipeline/import_logs.h"
#include "pipeline/json_text.h"

namespace renown::cli {
namespace {

std::string import_text(const Terminal& terminal, const std::string& data_folder,
                        const pipeline::ImportSummary& summary) {
  const auto& counts = summary.counts;
  std::string text = fmt::format("{} {} of {} interactions are new in {}", terminal.bold("Imported:"),
                                 grouped(counts.added), grouped(counts.rows), base::printable(data_folder));
  if (counts.duplicates > 0) text += fmt::format("; {} were there already", grouped(counts.duplicates));
  if (counts.erased > 0) text += fmt::format("; {} belong to erased accounts and stay out", grouped(counts.erased));
  if (counts.unusable > 0) text += fmt::format("; {} could not be stored", grouped(counts.unusable));
  return text + "\n";
}

std::string import_json(const pipeline::ImportSummary& summary) {
  const auto& counts = summary.counts;
  const auto total = summary.read.total();
  pipeline::JsonText json;
  json.begin_object();
  json.count("records", total.records);
  json.count("bad", total.bad);
  json.count("rows", counts.rows);
  json.count("added", counts.added);
  json.count("duplicates", counts.duplicates);
  json.count("erased", counts.erased);
  json.count("unusable", counts.unusable);
  json.end_object();
  return std::move(json).take();
}

}  // namespace

int run_import(const ImportOptions& options) {
  const auto format = parse_input_format(options.input_format);
  if (!format) return report(format.error());
  const auto data_folder = data_folder_or_default(options.data_folder);
  if (!data_folder) return report(data_folder.error());
  pipeline::ImportRequest request{.logs = {.paths = options.logs, .format = *format, .strict = options.strict},
                                  .data_folder = *data_folder,
                                  .now = now(),
                                  .batch_rows = options.batch_rows};
  request.logs.threads = options.threads.value_or(std::max(1u, std::thread::hardware_concurrency()));
  if (!options.memory.empty()) {
    const auto memory = parse_size(options.memory, "--memory");
    if (!memory) return report(memory.error());
    request.memory_bytes = *memory;
  }
  if (options.acknowledge) {
    request.on_commit = [](std::uint64_t batches, std::uint64_t rows) {
      fmt::print("{{\"batch\":{},\"rows_durable\":{}}}\n", batches, rows);
      std::fflush(stdout);
    };
  }

  ProgressBar progress;
  const auto summary = pipeline::import_logs(request, progress);
  progress.clear();
  if (!summary) return report(summary.error());
  const Terminal talk(stderr);
  talk.write(problems_text(talk, summary->read.total()));
  const Terminal out(stdout);
  out.write(options.json ? import_json(*summary) : import_text(out, *data_folder, *summary));
  return kOk;
}

}  // namespace renown::cli
