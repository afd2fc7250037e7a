/// renown sync: what is new on the networks that were connected.

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/progress_bar.h"
#include "cli/source_text.h"
#include "cli/summary_text.h"
#include "io/json_escape.h"
#include "pipeline/sync.h"

namespace renown::cli {
namespace {

bool is_whole(const pipeline::SourceOutcome& outcome) {
  return outcome.standing() == pipeline::SourceStanding::current;
}

}  // namespace

int run_sync(const SyncOptions& options) {
  const auto data_folder = data_folder_or_default(options.data_folder);
  if (!data_folder) return report(data_folder.error());
  const auto key = token_key_or_default(options.network.token_key_file);
  if (!key) return report(key.error());
  pipeline::SyncRequest request{.data_folder = *data_folder,
                                .token_key_file = *key,
                                .sources = options.sources,
                                .follow = options.follow,
                                .from_start = options.from_start,
                                .poll_seconds = static_cast<std::int64_t>(options.every_seconds),
                                .network = network_options(options.network)};
  if (options.acknowledge) {
    request.on_commit = [](const pipeline::SourceOutcome& durable) {
      fmt::print("{{\"source\":{},\"rows_durable\":{}}}\n", io::json_string(durable.source.name), durable.counts.rows);
      std::fflush(stdout);
    };
  }
  ProgressBar progress;
  const Terminal out(stdout), talk(stderr);
  request.on_reading = [&](const pipeline::SourceOutcome& outcome) {
    progress.clear();
    talk.write(reading_line(outcome));
  };
  const auto outcomes = pipeline::sync(request, progress);
  progress.clear();
  if (!outcomes) return report(outcomes.error());
  for (const pipeline::SourceOutcome& outcome : *outcomes) talk.write(problems_text(talk, outcome.report));
  out.write(options.json ? outcomes_json(*outcomes) : outcomes_text(out, *outcomes));
  if (Interrupt::requested()) {
    std::fflush(stdout);
    Interrupt::end_by_signal();
  }
  return std::ranges::all_of(*outcomes, is_whole) ? kOk : kPartlyFailed;
}

}  // namespace renown::cli
