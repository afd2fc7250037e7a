#include "score/ledger.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/parallel.h"
#include "score/engagement.h"

namespace renown::score {
namespace {

constexpr std::size_t kTargetsAPiece = 1024;  ///< whose lines are made at a time by a thread

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

base::HugeVector<LedgerLine> whole_ledger(const ScoreRun& run, std::size_t threads) {
  const Engagement weigh(run.model, run.as_of);
  const std::size_t targets = run.log.people.size();
  const auto for_each_piece = [&](const auto& work) {
    base::parallel_for((targets + kTargetsAPiece - 1) / kTargetsAPiece, threads, 1,
                       [&](std::size_t first, std::size_t last) {
                         for (std::size_t piece = first; piece < last; ++piece)
                           work(piece, piece * kTargetsAPiece, std::min(targets, (piece + 1) * kTargetsAPiece));
                       });
  };
  std::vector<std::size_t> begin((targets + kTargetsAPiece - 1) / kTargetsAPiece + 1);
  for_each_piece([&](std::size_t piece, std::size_t first, std::size_t last) {
    for (std::size_t target = first; target < last; ++target)
      for_each_inside(run, weigh, static_cast<PersonId>(target), [&](const aggregate::Pair&) { ++begin[piece + 1]; });
  });
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  base::HugeVector<LedgerLine> lines(begin.back());
  for_each_piece([&](std::size_t piece, std::size_t first, std::size_t last) {
    std::size_t next = begin[piece];
    for (std::size_t target = first; target < last; ++target)
      for_each_inside(run, weigh, static_cast<PersonId>(target), [&](const aggregate::Pair& pair) {
        lines[next++] = line_of(run, static_cast<PersonId>(target), pair);
      });
  });
  // Where nobody is linked persons have the order of accounts, and so have their lines.
  const auto account_then_actor = [](const LedgerLine& line) { return std::tuple(line.account, line.actor); };
  if (!std::ranges::is_sorted(lines, {}, account_then_actor)) std::ranges::sort(lines, {}, account_then_actor);
  return lines;
}

}  // namespace renown::score
