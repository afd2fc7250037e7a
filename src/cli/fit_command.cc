/// renown fit: a model file with constants fitted to the past of a log.

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/fit_text.h"
#include "cli/progress_bar.h"
#include "cli/report_file.h"
#include "cli/summary_text.h"
#include "evaluate/enrolment.h"
#include "fit/fit.h"
#include "fit/fitted_model.h"
#include "pipeline/score_log.h"

namespace renown::cli {
namespace {

Error usage(std::string sentence) {
  return {ErrorCode::usage, std::move(sentence)};
}

/// What can be known to be wrong before a long read.
Result<void> check_options(const FitOptions& options) {
  if (options.out_file.empty()) return usage("name the model file to write: --out MODEL.toml");
  if (options.log.half_life_days) return usage("--half-life-days: half-lives are what is fitted; leave it out");
  if (options.drawn_share && !options.log.verified_file.empty())
    return usage("give either --verified or --draw-verified, not both");
  if (options.drawn_share && !(*options.drawn_share > 0.0 && *options.drawn_share <= 1.0))
    return usage(fmt::format("--draw-verified {}: a share is above 0 and at most 1", *options.drawn_share));
  if (!evaluate::parse_enrolment(options.enrolment))
    return usage(fmt::format("--enrolment {}: there are random, spread", options.enrolment));
  if (options.step_days && !(*options.step_days > 0.0)) return usage("--step must be a number of days above 0");
  return {};
}

/// Verified people drawn from those who stand in the log before as_of.
void draw_list(pipeline::LoadedLog& loaded, const FitOptions& options) {
  aggregate::EventTable before = loaded.events;
  std::erase_if(before.events(), [&](const aggregate::Event& row) { return row.time >= loaded.as_of; });
  loaded.lists.verified = evaluate::draw_verified(before, *options.drawn_share,
                                                  *evaluate::parse_enrolment(options.enrolment), options.seed);
}

fit::FitSource source_of(const pipeline::LoadedLog& loaded, const FitOptions& options) {
  fit::FitSource source;
  source.as_of = loaded.as_of;
  std::string digests;
  for (const pipeline::ReadLog& log : loaded.read.logs) {
    source.logs += (source.logs.empty() ? "" : ", ") + std::filesystem::path(log.name).filename().string();
    digests += (log.sha256.empty() ? log.rows_digest : log.sha256) + "\n";
  }
  source.data_digest =
      loaded.read.logs.size() == 1 && !loaded.read.logs.front().sha256.empty()
          ? "sha256 " + loaded.read.logs.front().sha256
          : fmt::format("{} logs, digests hashed to {:016x}", loaded.read.logs.size(), base::stable_hash(digests));
  if (options.drawn_share) {
    source.verified = fmt::format("{:g} % of accounts, drawn ({}, seed {})", 100.0 * *options.drawn_share,
                                  options.enrolment, options.seed);
  } else if (loaded.lists.verified_file) {
    source.verified = fmt::format("the operator's list of {} accounts", loaded.lists.verified_file->entries);
  }
  return source;
}

/// Quantiles of the log that the model was fitted to, in one of the two modes.
ReferenceQuantiles quantiles(const pipeline::LoadedLog& loaded, const ScoreModel& model, bool is_protected,
                             const fit::FitSource& source, std::size_t threads) {
  if (is_protected && !loaded.lists.verified) return {};
  pipeline::LoadedLists lists = loaded.lists;
  if (!is_protected) lists.verified.reset();
  const score::ScoreRun run = pipeline::score_events(loaded.events, lists, model, loaded.as_of, threads);
  return fit::quantiles_of(run, fmt::format("{} as of {}, {}", source.logs, base::format_time(source.as_of),
                                            is_protected ? "verified: " + source.verified : "nobody verified"));
}

/// The whole command. What it has opened is closed before an error is reported, which may end the process.
Result<void> fit_log(const FitOptions& options) {
  if (auto possible = check_options(options); !possible) return possible;
  const auto request = score_request(options.log);
  if (!request) return request.error();
  const auto base_text = pipeline::load_model_text(*request);
  if (!base_text) return base_text.error();
  auto file = ReportFile::open(options.out_file, options.log);
  if (!file) return file.error();

  ProgressBar progress;
  auto loaded = pipeline::load_log(*request, progress);
  progress.clear();
  if (!loaded) return loaded.error();
  if (options.drawn_share) {
    draw_list(*loaded, options);
    loaded->model.verified_share = request->verified_share.value_or(*options.drawn_share);
  }
  const Terminal talk(stderr);
  talk.write(problems_text(talk, loaded->read.total()));

  fit::FitRequest fit_request;
  fit_request.step_days = options.step_days.value_or(0.0);
  fit_request.room_base_share = options.room_base_share;
  fit_request.threads = request->threads;
  const auto fitted =
      fit::fit_model(loaded->events, loaded->lists, loaded->model, loaded->as_of, fit_request, progress);
  progress.clear();
  if (!fitted) return fitted.error();

  const fit::FitSource source = source_of(*loaded, options);
  const std::string base_name = request->model.empty() ? loaded->model.name : request->model;
  const auto text = fit::fitted_model_text(*fitted, source, *base_text, base_name,
                                           quantiles(*loaded, fitted->model, false, source, request->threads),
                                           quantiles(*loaded, fitted->model, true, source, request->threads));
  if (!text) return text.error();
  if (progress.cancelled()) return Error{ErrorCode::cancelled, "stopped; nothing was written"};
  if (auto written = file->write(*text); !written) return written;

  const Terminal out(stdout);
  const std::string name = fit::fitted_name(*fitted, source);
  if (options.log.json) {
    out.write(fit_json(*fitted, name));
  } else {
    out.write(fit_text(out, *fitted, loaded->model));
    talk.write(fmt::format("{} is in {}: use it with --model {}\n", name, options.out_file, options.out_file));
  }
  return {};
}

}  // namespace

int run_fit(const FitOptions& options) {
  const auto done = fit_log(options);
  return done ? kOk : report(done.error());
}

}  // namespace renown::cli
