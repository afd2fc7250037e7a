/// renown generate: an invented log.

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/progress_bar.h"
#include "cli/terminal.h"
#include "generate/world.h"
#include "pipeline/interaction_file.h"
#include "pipeline/json_text.h"

namespace renown::cli {
namespace {

Result<generate::World> world_of(const GenerateOptions& options) {
  const auto start = base::parse_time(options.start);
  if (!start) return Error{ErrorCode::usage, "--start: " + start.error().message};
  return generate::World::create({.people = options.people,
                                  .days = options.days,
                                  .rows = options.events,
                                  .seed = options.seed,
                                  .start = *start,
                                  .stationary = options.stationary});
}

std::string json_of(const GenerateOptions& options, const generate::World& world,
                    const pipeline::InteractionFile& file) {
  pipeline::JsonText json;
  json.begin_object();
  json.text("file", options.out_file);
  json.count("events", file.rows);
  json.count("size_bytes", file.size_bytes);
  json.count("people", options.people);
  json.count("days", options.days);
  json.count("seed", options.seed);
  json.text("start", base::format_time(world.options().start));
  json.boolean("stationary", options.stationary);
  json.end_object();
  return std::move(json).take();
}

}  // namespace

int run_generate(const GenerateOptions& options) {
  const bool to_standard_output = options.out_file == "-";
  if (to_standard_output && options.json)
    return report({ErrorCode::usage, "--json needs --out FILE: standard output holds the log itself"});
  if (auto possible = pipeline::check_interaction_path(options.out_file); !possible)
    return report({ErrorCode::usage, "--out " + possible.error().message});
  const auto max_bytes = parse_size(options.max_bytes, "--max-bytes");
  if (!max_bytes) return report(max_bytes.error());
  const auto world = world_of(options);
  if (!world) return report(world.error());

  ProgressBar progress;
  const auto make = [&](std::uint64_t begin, std::uint64_t end, model::InteractionBlock& block) {
    world->append(begin, end, block);
  };
  const std::size_t threads = options.threads.value_or(std::max(1u, std::thread::hardware_concurrency()));
  const auto written =
      pipeline::write_interactions(options.out_file, options.events, make, *max_bytes, threads, progress);
  progress.clear();
  if (!written) return report(written.error());

  const Terminal talk(stderr);
  talk.write(fmt::format("Wrote {} events, {} bytes, to {}\n", grouped(written->rows), grouped(written->size_bytes),
                         to_standard_output ? "standard output" : base::printable(options.out_file)));
  if (options.json) Terminal(stdout).write(json_of(options, *world, *written));
  return kOk;
}

}  // namespace renown::cli
