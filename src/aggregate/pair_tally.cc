#include "aggregate/pair_tally.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/parallel.h"

namespace renown::aggregate {
namespace {

constexpr std::size_t kTargetsAPiece = 1024;  ///< sorted at a time by a thread

/// Sorts acts by (target person, engager person, time): first by counting targets, then inside each target.
void sort_by_pair(EventList& acts, const PeopleIndex& people, std::vector<std::uint64_t>& acts_begin,
                  std::size_t threads) {
  acts_begin.assign(people.size() + 1, 0);
  for (const Event& act : acts) ++acts_begin[people.person_of[act.target] + 1];
  for (std::size_t i = 1; i < acts_begin.size(); ++i) acts_begin[i] += acts_begin[i - 1];
  std::vector<std::uint64_t> next(acts_begin.begin(), acts_begin.end() - 1);
  EventList sorted(acts.size());
  for (const Event& act : acts) sorted[next[people.person_of[act.target]]++] = act;
  acts = std::move(sorted);
  const auto sort_target = [&](std::size_t target) {
    std::ranges::sort(
        std::span(acts).subspan(acts_begin[target], acts_begin[target + 1] - acts_begin[target]), {},
        [&](const Event& act) { return std::tuple(people.person_of[act.actor], act.time, act.actor, act.target); });
  };
  base::parallel_for(people.size(), threads, kTargetsAPiece, [&](std::size_t begin, std::size_t end) {
    for (std::size_t target = begin; target < end; ++target) sort_target(target);
  });
}

/// Calls visit(begin, end) for the acts of each pair of one target, which stand at [first, last).
template <class Visit>
void for_each_pair(const EventList& acts, const PeopleIndex& people, std::uint64_t first, std::uint64_t last,
                   const Visit& visit) {
  for (std::uint64_t begin = first, end = first; begin < last; begin = end) {
    const PersonId engager = people.person_of[acts[begin].actor];
    while (end < last && people.person_of[acts[end].actor] == engager) ++end;
    visit(begin, end);
  }
}

}  // namespace

ActWeigher::ActWeigher(const AccountTable& accounts, const TallyWeights& weights) : weights_(weights) {
  if (weights.network.empty()) return;
  network_.assign(accounts.size(), 1.0);
  for (AccountId id = 0; id < accounts.size(); ++id) {
    const auto listed = weights.network.find(std::string(accounts[id].network));
    if (listed != weights.network.end()) network_[id] = listed->second;
  }
}

PairTally tally_pairs(Acts& acts, const TallyWeights& weights, std::size_t threads) {
  PairTally tally;
  tally.acts = std::move(acts.acts);
  std::vector<std::uint64_t> acts_begin;
  sort_by_pair(tally.acts, acts.people, acts_begin, threads);
  const ActWeigher weight(acts.accounts, weights);

  const auto add_acts = [&](Pair& pair) {
    for (const Event& act : tally.acts_of(pair)) add_act(act, weight(act), pair.all, pair.shares);
  };
  tally.target_begin.assign(acts.people.size() + 1, 0);
  base::parallel_for(acts.people.size(), threads, kTargetsAPiece, [&](std::size_t begin, std::size_t end) {
    for (std::size_t target = begin; target < end; ++target) {
      for_each_pair(tally.acts, acts.people, acts_begin[target], acts_begin[target + 1],
                    [&](std::uint64_t, std::uint64_t) { ++tally.target_begin[target + 1]; });
    }
  });
  std::partial_sum(tally.target_begin.begin(), tally.target_begin.end(), tally.target_begin.begin());
  tally.pairs.resize(tally.target_begin.back());
  base::parallel_for(acts.people.size(), threads, kTargetsAPiece, [&](std::size_t begin, std::size_t end) {
    std::uint64_t next = tally.target_begin[begin];
    for (std::size_t target = begin; target < end; ++target) {
      for_each_pair(tally.acts, acts.people, acts_begin[target], acts_begin[target + 1],
                    [&](std::uint64_t first, std::uint64_t last) {
                      Pair& pair = tally.pairs[next++];
                      pair.engager = acts.people.person_of[tally.acts[first].actor];
                      pair.acts_begin = first;
                      pair.acts_end = last;
                      add_acts(pair);
                    });
    }
  });
  return tally;
}

const Pair* PairTally::find(PersonId engager, PersonId target) const {
  const auto pairs_of_target = of_target(target);
  const auto found = std::ranges::lower_bound(pairs_of_target, engager, {}, &Pair::engager);
  return found != pairs_of_target.end() && found->engager == engager ? &*found : nullptr;
}

const Event& latest_act(std::span<const Event> acts_of_pair, const AccountTable& accounts, const StringTable& texts) {
  const auto key = [&](const Event& act) {
    return std::tuple(act.kind, accounts[act.actor].network, texts[act.post], texts[act.id], act.actor, act.target);
  };
  const Event* latest = &acts_of_pair.back();
  for (auto act = acts_of_pair.rbegin() + 1; act != acts_of_pair.rend() && act->time == latest->time; ++act) {
    if (key(*act) < key(*latest)) latest = &*act;
  }
  return *latest;
}

}  // namespace renown::aggregate
