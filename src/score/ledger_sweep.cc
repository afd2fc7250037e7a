#include "score/ledger_sweep.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <vector>

#include "base/parallel.h"

namespace renown::score {

void LedgerSweep::ActGatherer::begin(std::size_t partition) {
  partition_ = partition;
  texts_.load(partition);
  acts_.clear();
}

void LedgerSweep::ActGatherer::add(const aggregate::ActsOnPerson& target) {
  const aggregate::PersonNumbers& persons = ledger_.persons_;
  const auto acts = target.acts;
  for (std::size_t begin = 0, end = 0; begin < acts.size(); begin = end) {
    const PersonId engager = persons.of(acts[begin].actor);
    while (end < acts.size() && persons.of(acts[end].actor) == engager) ++end;
    acts_.push_back(latest_of(acts.subspan(begin, end - begin)));
  }
}

/// The choice of aggregate::latest_act(): only where accounts are linked a pair has several acts in one second.
LedgerSweep::LatestAct LedgerSweep::ActGatherer::latest_of(std::span<const aggregate::Row> acts) const {
  const auto with_texts = [this](const aggregate::Row& act) {
    const auto texts = texts_.of(act);
    return std::pair(LatestAct{act.target, act.actor, act.moment, texts.post, texts.tags}, texts.id);
  };
  const auto key = [this](const std::pair<LatestAct, aggregate::TextId>& candidate) {
    const auto& [act, id] = candidate;
    const aggregate::StringTable& texts = ledger_.texts_.texts();
    return std::tuple(act.moment.kind(), ledger_.order_[act.actor].network, texts[act.post], texts[id], act.actor,
                      act.account);
  };
  auto latest = with_texts(acts.back());
  for (auto act = acts.rbegin() + 1; act != acts.rend() && act->moment.time() == latest.first.moment.time(); ++act) {
    const auto candidate = with_texts(*act);
    if (key(candidate) < key(latest)) latest = candidate;
  }
  return latest.first;
}

void LedgerSweep::ActGatherer::end() {
  ledger_.acts_.append(partition_, acts_.span());
}

void LedgerSweep::LineMaker::begin(std::size_t partition) {
  partition_ = partition;
  acts_.clear();
  ledger_.acts_.take(partition, acts_);
  next_ = 0;
  lines_.clear();
}

void LedgerSweep::LineMaker::add(const TargetEngagers& target, double unvouched_factor) {
  std::size_t kept = 0;
  for (const WeighedPair& pair : target.with_farms) {
    const LatestAct& act = acts_[next_++];
    if (kept == target.pairs.size() || target.pairs[kept].engager != pair.engager) continue;  // of a farm
    if (pair.inside_window) add_line(target.person, act, pair, target.engagers[kept], unvouched_factor);
    ++kept;
  }
}

/// As ScoreRun::contribution() and vouched_contribution() say.
void LedgerSweep::LineMaker::add_line(PersonId target, const LatestAct& act, const WeighedPair& pair,
                                      const Engager& engager, double unvouched_factor) {
  const double vouched = engager.verified ? engager.standing * engager.engagement : 0.0;
  lines_.push_back({.account = act.account,
                    .actor = act.actor,
                    .target = target,
                    .engager = pair.engager,
                    .post = act.post,
                    .tags = act.tags,
                    .kind = act.moment.kind(),
                    .time = act.moment.time(),
                    .verified = engager.verified,
                    .contribution = engager.verified ? vouched : engager.engagement * unvouched_factor,
                    .vouched_contribution = vouched});
}

void LedgerSweep::LineMaker::end() {
  const auto account_then_actor = [](const LedgerLine& line) { return std::tuple(line.account, line.actor); };
  if (!std::ranges::is_sorted(lines_, {}, account_then_actor)) std::ranges::sort(lines_, {}, account_then_actor);
  ledger_.lines_.append(partition_, lines_.span());
}

/// The lines of an account are all in one partition: where they begin in the whole is counted first.
Ledger LedgerSweep::finish(std::size_t threads) {
  base::HugeVector<std::uint64_t> next(order_.size() + 1);
  base::Buffer<LedgerLine> room;
  for (std::size_t partition = 0; partition < base::kPartitions; ++partition) {
    lines_.for_each_piece(partition, room, [&](std::span<const LedgerLine> piece) {
      for (const LedgerLine& line : piece) ++next[line.account + 1];
    });
  }
  std::partial_sum(next.begin(), next.end(), next.begin());
  Ledger ledger{texts_.release_texts(), base::HugeVector<LedgerLine>(next.back())};
  base::parallel_for(base::kPartitions, threads, 1, [&](std::size_t first, std::size_t last) {
    base::Buffer<LedgerLine> read;
    for (std::size_t partition = first; partition < last; ++partition) {
      lines_.for_each_piece(partition, read, [&](std::span<const LedgerLine> piece) {
        for (const LedgerLine& line : piece) ledger.lines[next[line.account]++] = line;
      });
      lines_.clear(partition);
    }
  });
  return ledger;
}

}  // namespace renown::score
