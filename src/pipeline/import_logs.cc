#include "pipeline/import_logs.h"

#include <filesystem>
#include <utility>

#include "log/tombstone_key.h"
#include "pipeline/take_folder.h"

namespace renown::pipeline {
namespace {

void add(log::ImportCounts& total, const log::ImportCounts& more) {
  total.batches += more.batches;
  total.rows += more.rows;
  total.added += more.added;
  total.duplicates += more.duplicates;
  total.erased += more.erased;
  total.unusable += more.unusable;
  total.cleaned += more.cleaned;
}

/// Imports one log, on top of what `summary` counts already.
Result<void> import_log(log::InteractionLog& folder, const std::string& path, const ImportRequest& request,
                        ImportSummary& summary, Progress& progress) {
  log::ImportOptions options;
  if (request.batch_rows > 0) options.batch_rows = request.batch_rows;
  options.on_commit = [&](const log::ImportCounts& durable) {
    if (request.on_commit)
      request.on_commit(summary.counts.batches + durable.batches, summary.counts.rows + durable.rows);
  };
  std::error_code ignored;
  const auto size = std::filesystem::is_regular_file(path, ignored) ? std::filesystem::file_size(path, ignored) : 0;
  auto import =
      folder.begin_import({.name = path, .digest = {}, .size_bytes = size, .time = request.now}, std::move(options));
  if (!import) return import.error();
  auto read = read_log(
      path, request.logs.format, {.strict = request.logs.strict, .threads = request.logs.threads},
      [&](const model::InteractionBlock& block) { return import->add(block); }, progress);
  if (!read) return read.error();
  const auto counts = import->finish();
  if (!counts) return counts.error();
  add(summary.counts, *counts);
  summary.read.logs.push_back(std::move(*read));
  return {};
}

Result<ImportSummary> import_all(const std::vector<std::string>& paths, const ImportRequest& request,
                                 Progress& progress) {
  auto folder = log::InteractionLog::create(
      request.data_folder, log::TombstoneKey::random(),
      {.threads = static_cast<unsigned>(request.logs.threads), .memory_limit_bytes = request.memory_bytes});
  if (!folder) return folder.error();
  ImportSummary summary;
  for (const std::string& path : paths) {
    if (auto imported = import_log(*folder, path, request, summary, progress); !imported) return imported.error();
  }
  return summary;
}

}  // namespace

Result<ImportSummary> import_logs(const ImportRequest& request, Progress& progress) {
  const auto paths = find_logs(request.logs.paths);
  if (!paths) return paths.error();
  auto summary = import_all(*paths, request, progress);
  // What was imported is safe: what goes wrong with the tally is said by whoever scores.
  if (summary) (void)catch_up_tally(request.data_folder, request.logs.threads, request.memory_bytes, progress);
  return summary;
}

}  // namespace renown::pipeline
