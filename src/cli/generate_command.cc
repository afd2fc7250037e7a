/// renown generate: an invented log, as a file or in a data folder.

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/progress_bar.h"
#include "cli/terminal.h"
#include "generate/truth.h"
#include "generate/world.h"
#include "io/file_writer.h"
#include "pipeline/interaction_file.h"
#include "pipeline/interaction_import.h"
#include "pipeline/json_text.h"

namespace renown::cli {
namespace {

/// What was written, and where.
struct Written {
  std::string place;
  std::uint64_t events = 0;
  std::uint64_t size_bytes = 0;
};

Result<generate::World> world_of(const GenerateOptions& options) {
  const auto start = base::parse_time(options.start);
  if (!start) return Error{ErrorCode::usage, "--start: " + start.error().message};
  return generate::World::create({.people = options.people,
                                  .days = options.days,
                                  .rows = options.events,
                                  .seed = options.seed,
                                  .start = *start,
                                  .stationary = options.stationary,
                                  .crowds = {options.farms, options.pods, options.bots},
                                  .dirty = options.dirty});
}

/// What can be said before the work begins.
Result<void> check(const GenerateOptions& options, const std::string& out_file) {
  if (!options.data_folder.empty()) return {};
  if (out_file == "-" && options.json)
    return Error{ErrorCode::usage, "--json needs --out FILE: standard output holds the log itself"};
  if (auto possible = pipeline::check_interaction_path(out_file); !possible)
    return Error{ErrorCode::usage, "--out " + possible.error().message};
  return {};
}

Result<Written> write_log(const GenerateOptions& options, const std::string& out_file, const generate::World& world,
                          std::uint64_t max_bytes) {
  const pipeline::RowMaker make = [&](std::uint64_t begin, std::uint64_t end, model::InteractionBlock& block) {
    world.append(begin, end, block);
  };
  const std::size_t threads = options.threads.value_or(std::max(1u, std::thread::hardware_concurrency()));
  ProgressBar progress;
  if (!options.data_folder.empty()) {
    const std::string name = fmt::format("invented log, seed {}", options.seed);
    const auto imported = pipeline::import_interactions(options.data_folder, name, options.events, make, max_bytes,
                                                        threads, now(), progress);
    progress.clear();
    if (!imported) return imported.error();
    return Written{options.data_folder, imported->counts.rows, imported->size_bytes};
  }
  const auto written = pipeline::write_interactions(out_file, options.events, make, max_bytes, threads, progress);
  progress.clear();
  if (!written) return written.error();
  return Written{out_file, written->rows, written->size_bytes};
}

/// Written beside its place: commit() puts it there. `room` is what it may take, and then what it has left.
Result<io::FileWriter> write_truth(const std::string& path, const generate::World& world, std::uint64_t& room) {
  auto file = io::FileWriter::create(path);
  if (!file) return file.error();
  auto written = generate::write_truth(world, [&](std::string_view text) -> Result<void> {
    if (text.size() > room) return Error{ErrorCode::io, path + " would take more than --max-bytes allows"};
    room -= text.size();
    return file->write(text);
  });
  if (written) written = file->finish();
  if (!written) return written.error();
  return std::move(*file);
}

std::string json_of(const GenerateOptions& options, const generate::World& world, const Written& written) {
  pipeline::JsonText json;
  json.begin_object();
  json.text(options.data_folder.empty() ? "file" : "data", written.place);
  json.count("events", written.events);
  json.count("size_bytes", written.size_bytes);
  json.count("people", options.people);
  json.count("days", options.days);
  json.count("seed", options.seed);
  json.text("start", base::format_time(world.options().start));
  json.boolean("stationary", options.stationary);
  json.count("farms", options.farms);
  json.count("pods", options.pods);
  json.count("bots", options.bots);
  json.count("planted_accounts", world.crowds().accounts());
  json.count("planted_events", world.crowds().rows());
  json.number("dirty", options.dirty);
  json.end_object();
  return std::move(json).take();
}

}  // namespace

int run_generate(const GenerateOptions& options) {
  const std::string out_file = options.out_file.empty() ? "-" : options.out_file;
  if (auto possible = check(options, out_file); !possible) return report(possible.error());
  auto max_bytes = parse_size(options.max_bytes, "--max-bytes");
  if (!max_bytes) return report(max_bytes.error());
  const auto world = world_of(options);
  if (!world) return report(world.error());

  std::optional<io::FileWriter> truth;
  if (!options.truth_file.empty()) {
    auto file = write_truth(options.truth_file, *world, *max_bytes);
    if (!file) return report(file.error());
    truth.emplace(std::move(*file));
  }
  const auto written = write_log(options, out_file, *world, *max_bytes);
  if (!written) {
    truth.reset();  // removes what it wrote: to report an interruption ends the process
    return report(written.error());
  }
  if (truth) {
    if (auto committed = truth->commit(); !committed) return report(committed.error());
  }

  const Terminal talk(stderr);
  talk.write(fmt::format("Wrote {} events, {} bytes, to {}\n", grouped(written->events), grouped(written->size_bytes),
                         written->place == "-" ? "standard output" : base::printable(written->place)));
  if (options.json) Terminal(stdout).write(json_of(options, *world, *written));
  return kOk;
}

}  // namespace renown::cli
