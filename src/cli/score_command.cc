/// renown score: everybody's score, as a table, JSON and files.

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "base/version.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/progress_bar.h"
#include "cli/score_text.h"
#include "cli/summary_text.h"
#include "pipeline/farm_table.h"
#include "pipeline/json_text.h"
#include "pipeline/lock_file.h"
#include "pipeline/score_log.h"
#include "pipeline/score_table.h"
#include "score/go_on.h"
#include "score/score_sheet.h"

namespace renown::cli {
namespace {

std::string score_json(const score::ScoreView& view, const pipeline::ReadSummary& read, std::uint64_t top) {
  pipeline::JsonText json;
  json.begin_object();
  json.text("model", view.model().name);
  json.text("as_of", base::format_time(view.as_of()));
  json.text("protection", view.protection());
  if (view.is_protected()) {
    json.number("verified_share_observed", view.observed_verified_share());
    json.number("verified_share_expected", view.model().verified_share);
  }
  add_summary(json, read, view.dropped());
  json.begin_object("farm_search");
  json.count("farms", view.farms().size());
  json.count("accounts", score::accounts_in(view.farms()));
  json.end_object();
  const pipeline::Table table = pipeline::score_table(view);
  json.begin_array("scores");
  std::vector<pipeline::Cell> cells(table.columns.size());
  for (std::uint64_t row = 0; row < table.rows && (top == 0 || row < top); ++row) {
    table.fill(row, cells);
    std::string object;
    pipeline::append_json_row(object, table, cells);
    json.raw("", object);
  }
  json.end_array();
  json.end_object();
  return std::move(json).take();
}

/// Whether two names mean one file, which need not be there yet.
bool same_file(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return false;
  std::error_code ignored;
  const auto whole = [&ignored](const std::string& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, ignored), ignored);
  };
  return std::filesystem::equivalent(a, b, ignored) || whole(a) == whole(b);
}

/// What can be known to fail before a long read, and what would destroy the user's own files.
Result<void> check_outputs(const ScoreOptions& options) {
  std::vector<std::string> inputs = options.log.logs;
  for (const std::string& list : {options.log.verified_file, options.log.people_file, options.log.pardon_file})
    inputs.push_back(list);
  for (const std::string& file : {options.out_file, options.ledger_file, options.farm_file}) {
    if (file.empty()) continue;
    if (auto possible = pipeline::check_table_path(file); !possible) return possible;
    const bool is_input = std::ranges::any_of(inputs, [&](const std::string& input) { return same_file(file, input); });
    if (is_input) return Error{ErrorCode::usage, fmt::format("{} is read by this run: write to another file", file)};
  }
  if (same_file(options.out_file, options.ledger_file))
    return Error{ErrorCode::usage, "--out and --ledger name the same file"};
  if (same_file(options.farm_file, options.out_file) || same_file(options.farm_file, options.ledger_file))
    return Error{ErrorCode::usage, "--farms names the same file as --out or --ledger"};
  return {};
}

/// The score file, its lock, the ledger and the farm file, as far as they were asked for. All are whole before one is
/// put in place, so that scores never stand beside the lock of other scores.
Result<void> write_files(const ScoreOptions& options, const score::ScoreSheet& sheet, const std::string& lock,
                         std::size_t threads, pipeline::Progress& progress) {
  std::vector<io::FileWriter> files;
  const auto keep = [&files](Result<io::FileWriter> file) -> Result<void> {
    if (!file) return file.error();
    files.push_back(std::move(*file));
    return {};
  };
  if (!options.out_file.empty()) {
    const auto table = pipeline::score_table(sheet);
    if (auto kept = keep(pipeline::write_table(options.out_file, table, threads, progress)); !kept) return kept;
    if (auto kept = keep(pipeline::write_lock(options.out_file, lock)); !kept) return kept;
  }
  if (sheet.ledger()) {
    const auto table = pipeline::ledger_table(sheet, *sheet.ledger());
    if (auto kept = keep(pipeline::write_table(options.ledger_file, table, threads, progress)); !kept) return kept;
  }
  if (!options.farm_file.empty()) {
    const auto farms = pipeline::farm_rows(sheet);
    const auto table = pipeline::farm_table(sheet, farms);
    if (auto kept = keep(pipeline::write_table(options.farm_file, table, threads, progress)); !kept) return kept;
  }
  for (io::FileWriter& file : files) {
    if (auto committed = file.commit(); !committed) return committed;
  }
  return {};
}

/// What a run says and writes once it is scored.
int finish(const ScoreOptions& options, const pipeline::ScoreRequest& request, const pipeline::SweptLog& swept,
           ProgressBar& progress) {
  const pipeline::RunInputs& inputs = *swept.inputs;
  const score::ScoreSheet& sheet = swept.sheet;
  const Terminal talk(stderr);
  talk.write(summary_text(talk, inputs.read, sheet.dropped()));
  talk.write(farm_text(talk, sheet));
  talk.write(protection_text(talk, sheet) + "\n");
  const std::string lock = pipeline::lock_text(request, inputs, base::version(), &sheet);
  const auto written = write_files(options, sheet, lock, request.threads, progress);
  progress.clear();
  if (!written) return report(written.error());

  const Terminal out(stdout);
  if (options.log.json) {
    out.write(score_json(sheet, inputs.read, options.top));
  } else {
    out.write(score_text(out, sheet, options.top));
  }
  return sheet.ranking().empty() ? report({ErrorCode::not_enough_data, "nobody was engaged with in this log"}) : kOk;
}

}  // namespace

int run_score(const ScoreOptions& options) {
  if (auto possible = check_outputs(options); !possible) return report(possible.error());
  auto request = score_request(options.log);
  if (!request) return report(request.error());
  request->ledger = !options.ledger_file.empty();
  ProgressBar progress;
  const auto swept = pipeline::sweep_log(*request, progress);
  progress.clear();
  if (!swept) return report(swept.error());
  if (progress.cancelled()) return report(score::stopped());
  return finish(options, *request, *swept, progress);
}

}  // namespace renown::cli
