#include "score/ledger.h"

#include <algorithm>
#include <tuple>

#include "score/engagement.h"

namespace renown::score {
namespace {

/// Calls visit(pair) for each engager of a target inside the window.
template <class Visit>
void for_each_inside(const ScoreRun& run, const Engagement& weigh, PersonId target, const Visit& visit) {
  for (const aggregate::Pair& pair : run.tally.of_target(target)) {
    if (weigh.inside_window(pair.all)) visit(pair);
  }
}

LedgerLine line_of(const ScoreRun& run, PersonId target, const aggregate::Pair& pair) {
  const aggregate::Event& act = aggregate::latest_act(run.tally.acts_of(pair), run.log.accounts, run.log.texts);
  return {.account = act.target,
          .actor = act.actor,
          .target = target,
          .engager = pair.engager,
          .post = act.post,
          .tags = act.tags,
          .kind = act.kind,
          .time = act.time,
          .verified = run.verified[pair.engager],
          .contribution = run.contribution(target, pair),
          .vouched_contribution = run.vouched_contribution(pair)};
}

}  // namespace

std::vector<LedgerLine> ledger_of(const ScoreRun& run, PersonId target) {
  const Engagement weigh(run.model, run.as_of);
  std::vector<LedgerLine> lines;
  for_each_inside(run, weigh, target,
                  [&](const aggregate::Pair& pair) { lines.push_back(line_of(run, target, pair)); });
  return lines;
}

std::vector<LedgerLine> whole_ledger(const ScoreRun& run) {
  const Engagement weigh(run.model, run.as_of);
  std::vector<LedgerLine> lines;
  for (PersonId target = 0; target < run.log.people.size(); ++target) {
    for_each_inside(run, weigh, target,
                    [&](const aggregate::Pair& pair) { lines.push_back(line_of(run, target, pair)); });
  }
  std::ranges::sort(lines, {}, [](const LedgerLine& line) { return std::tuple(line.account, line.actor); });
  return lines;
}

}  // namespace renown::score
