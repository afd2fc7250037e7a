/// renown evaluate: what scores foretell, beside the simple rankings.

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/version.h"
#include "cli/commands.h"
#include "cli/evaluate_text.h"
#include "cli/exit_code.h"
#include "cli/progress_bar.h"
#include "cli/report_file.h"
#include "cli/summary_text.h"
#include "evaluate/baselines.h"
#include "evaluate/exam.h"
#include "evaluate/exam_json.h"
#include "fit/fit.h"
#include "pipeline/score_log.h"

namespace renown::cli {
namespace {

Error usage(std::string sentence) {
  return {ErrorCode::usage, std::move(sentence)};
}

/// Everything of the request that does not need the log, so that a typing mistake does not cost a long read.
Result<evaluate::ExamRequest> exam_request(const EvaluateOptions& options, std::size_t threads) {
  evaluate::ExamRequest request;
  if (!options.log.as_of.empty())
    return usage("--as-of: an exam scores at its splits; --until says where the outcomes end");
  if (options.splits.empty()) return usage("name the moments to be examined: --splits 2,3,4 (days), or times");
  if (!options.until.empty() && options.horizon_days) return usage("give either --until or --horizon, not both");
  const auto enrolment = evaluate::parse_enrolment(options.enrolment);
  if (!enrolment) return usage(fmt::format("--enrolment {}: there are random, spread", options.enrolment));
  auto baselines = evaluate::parse_baselines(options.baselines);
  if (!baselines) return baselines.error();
  request.verified_shares = options.verified_shares;
  for (const double share : request.verified_shares) {
    if (!(share > 0.0 && share <= 1.0))
      return usage(fmt::format("--verified-shares {}: a share is above 0 and at most 1", share));
  }
  request.enrolment = *enrolment;
  request.draws = options.draws;
  request.baselines = std::move(*baselines);
  request.bootstrap = options.bootstrap;
  request.move_days = options.move_days;
  request.seed = options.seed;
  request.threads = threads;
  return request;
}

/// The outcome of the tables: as asked for, else reposters where anybody reposts after every split, else engagers.
Result<std::optional<evaluate::Outcome>> parse_outcome(const std::string& name) {
  if (name.empty()) return std::optional<evaluate::Outcome>();
  const auto found = std::ranges::find(evaluate::kOutcomeNames, name);
  if (found == evaluate::kOutcomeNames.end())
    return usage(fmt::format("--outcome {}: there are {}", name, fmt::join(evaluate::kOutcomeNames, ", ")));
  return std::optional(static_cast<evaluate::Outcome>(found - evaluate::kOutcomeNames.begin()));
}

evaluate::Outcome default_outcome(const evaluate::ExamReport& report) {
  const bool reposts = std::ranges::all_of(report.splits, [](const evaluate::SplitReport& split) {
    return split.with_outcome[static_cast<std::size_t>(evaluate::Outcome::reposters)] > 0;
  });
  return reposts ? evaluate::Outcome::reposters : evaluate::Outcome::engagers;
}

/// Fits as `renown fit` does.
evaluate::Fitter fitter(const EvaluateOptions& options, std::size_t threads, pipeline::Progress& progress) {
  if (!options.fit && !options.fit_step_days) return {};
  fit::FitRequest request;
  request.step_days = options.fit_step_days.value_or(0.0);
  request.threads = threads;
  return [request, &progress](const aggregate::EventTable& events, const pipeline::LoadedLists& lists,
                              const ScoreModel& base, std::int64_t as_of) -> Result<ScoreModel> {
    auto fitted = fit::fit_model(events, lists, base, as_of, request, progress);
    if (!fitted) return fitted.error();
    return std::move(fitted->model);
  };
}

/// The whole command. What it has opened is closed before an error is reported, which may end the process.
Result<void> examine_log(const EvaluateOptions& options) {
  const auto log_request = score_request(options.log);
  if (!log_request) return log_request.error();
  auto request = exam_request(options, log_request->threads);
  if (!request) return request.error();
  const auto outcome = parse_outcome(options.outcome);
  if (!outcome) return outcome.error();
  auto file = ReportFile::open(options.out_file, options.log);
  if (!file) return file.error();

  ProgressBar progress;
  auto loaded = pipeline::load_log(*log_request, progress);
  progress.clear();
  if (!loaded) return loaded.error();
  if (request->verified_shares.empty() && !loaded->lists.verified)
    request->verified_shares = {loaded->model.verified_share};
  const auto span = evaluate::log_span(loaded->events, loaded->as_of);
  if (!span) return span.error();
  auto splits = evaluate::parse_splits(options.splits, *span, options.until, options.horizon_days);
  if (!splits) return splits.error();
  request->splits = std::move(*splits);
  request->fit = fitter(options, request->threads, progress);

  const Terminal talk(stderr);
  talk.write(problems_text(talk, loaded->read.total()));
  const auto exam = evaluate::run_exam(std::move(loaded->events), loaded->lists, loaded->model, *request, progress);
  progress.clear();
  if (!exam) return exam.error();

  const std::string json = evaluate::exam_json(*exam, *request, loaded->read, loaded->lists, base::version());
  if (auto written = file->write(json); !written) return written;
  const Terminal out(stdout);
  out.write(options.log.json ? json : exam_text(out, *exam, outcome->value_or(default_outcome(*exam))));
  return {};
}

}  // namespace

int run_evaluate(const EvaluateOptions& options) {
  const auto done = examine_log(options);
  return done ? kOk : report(done.error());
}

}  // namespace renown::cli
