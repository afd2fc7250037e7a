#include "score/ledger.h"

#include <algorithm>
#include <tuple>

#include "score/engagement.h"

namespace renown::score {
namespace {

void append_lines(const ScoreRun& run, const Engagement& weigh, PersonId target, std::vector<LedgerLine>& lines) {
  for (const aggregate::Pair& pair : run.tally.of_target(target)) {
    if (!weigh.inside_window(pair.all)) continue;
    const aggregate::Event& act = aggregate::latest_act(run.tally.acts_of(pair), run.log.accounts, run.log.texts);
    lines.push_back({.account = act.target,
                     .actor = act.actor,
                     .target = target,
                     .engager = pair.engager,
                     .post = act.post,
                     .tags = act.tags,
                     .kind = act.kind,
                     .time = act.time,
                     .verified = run.verified[pair.engager],
                     .contribution = run.contribution(target, pair),
                     .vouched_contribution = run.vouched_contribution(pair)});
  }
}

}  // namespace

std::vector<LedgerLine> ledger_of(const ScoreRun& run, PersonId target) {
  std::vector<LedgerLine> lines;
  append_lines(run, Engagement(run.model, run.as_of), target, lines);
  return lines;
}

std::vector<LedgerLine> whole_ledger(const ScoreRun& run) {
  const Engagement weigh(run.model, run.as_of);
  std::vector<LedgerLine> lines;
  lines.reserve(run.tally.pairs.size());
  for (PersonId target = 0; target < run.log.people.size(); ++target) append_lines(run, weigh, target, lines);
  std::ranges::sort(lines, {}, [](const LedgerLine& line) { return std::tuple(line.account, line.actor); });
  return lines;
}

}  // namespace renown::score
