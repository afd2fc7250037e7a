/// renown attack: what bought attention buys in a log, as tables and JSON.

#include <utility>

#include <fmt/format.h>

#include "attack/attack.h"
#include "attack/report_json.h"
#include "base/version.h"
#include "cli/attack_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/progress_bar.h"
#include "cli/report_file.h"
#include "cli/summary_text.h"
#include "pipeline/score_log.h"

namespace renown::cli {
namespace {

Error usage(std::string sentence) {
  return {ErrorCode::usage, std::move(sentence)};
}

Result<attack::AttackRequest> attack_request(const AttackOptions& options) {
  attack::AttackRequest request;
  if (!options.verified_shares.empty()) {
    if (!options.log.verified_file.empty())
      return usage("--verified-shares draws verified people and --verified names them: give one of the two");
    if (options.log.verified_share)
      return usage("--verified-shares sets the share of the model too: leave --verified-share out");
  }
  for (const double share : options.verified_shares) {
    if (!(share >= 0.0 && share <= 1.0))
      return usage(fmt::format("--verified-shares {}: a share is from 0 (nobody) to 1 (everybody)", share));
  }
  request.verified_shares = options.verified_shares;
  const auto enrolment = evaluate::parse_enrolment(options.enrolment);
  if (!enrolment) return usage(fmt::format("--enrolment {}: there are random, spread", options.enrolment));
  request.enrolment = *enrolment;
  for (const double band : options.bands) {
    if (!(band >= 0.0 && band <= 100.0)) return usage(fmt::format("--bands {}: a percentile is from 0 to 100", band));
  }
  request.percentiles = options.bands;
  auto scenarios = attack::choose_scenarios(options.scenarios);
  if (!scenarios) return scenarios.error();
  request.scenarios = std::move(*scenarios);
  request.draws = options.draws;
  request.targets = options.targets;
  request.seed = options.seed;
  return request;
}

/// The whole command: whether every promise held. What it has opened is closed before an error is reported, which may
/// end the process.
Result<bool> attack_log(const AttackOptions& options) {
  auto request = attack_request(options);
  if (!request) return request.error();
  const auto log_request = score_request(options.log);
  if (!log_request) return log_request.error();
  request->threads = log_request->threads;
  auto file = ReportFile::open(options.out_file, options.log);
  if (!file) return file.error();

  ProgressBar progress;
  auto loaded = pipeline::load_log(*log_request, progress);
  progress.clear();
  if (!loaded) return loaded.error();
  if (request->verified_shares.empty() && !loaded->lists.verified)
    request->verified_shares = {loaded->model.verified_share};
  const Terminal talk(stderr);
  talk.write(problems_text(talk, loaded->read.total()));

  const auto attacked = attack::attack_log(*loaded, *request, progress);
  progress.clear();
  if (!attacked) return attacked.error();
  const std::string json = attack::attack_json(*attacked, *request, *loaded, base::version());
  if (auto written = file->write(json); !written) return written.error();
  const Terminal out(stdout);
  out.write(options.log.json ? json : attack_text(out, *request, *attacked));
  return attacked->promises_held();
}

}  // namespace

int run_attack(const AttackOptions& options) {
  const auto promises_held = attack_log(options);
  if (!promises_held) return report(promises_held.error());
  return *promises_held ? kOk : kFailure;
}

}  // namespace renown::cli
