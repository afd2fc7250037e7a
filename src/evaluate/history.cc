#include "evaluate/history.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "aggregate/rules.h"
#include "base/hash.h"
#include "base/time.h"

namespace renown::evaluate {
namespace {

using aggregate::Event;

bool is_share(Kind kind) {
  return kind == Kind::repost || kind == Kind::quote;
}

std::vector<PairHistory> pairs_of(const aggregate::Acts& log) {
  const auto& person_of = log.people.person_of;
  std::vector<PairHistory> acts;
  acts.reserve(log.acts.size());
  for (const Event& act : log.acts)
    acts.push_back({person_of[act.target], person_of[act.actor], 1, is_share(act.kind) ? 1u : 0u, act.time});
  std::ranges::sort(acts, {}, [](const PairHistory& act) { return std::tuple(act.target, act.engager, act.latest); });
  std::vector<PairHistory> pairs;
  for (const PairHistory& act : acts) {
    const bool same = !pairs.empty() && pairs.back().target == act.target && pairs.back().engager == act.engager;
    if (!same) {
      pairs.push_back(act);
      continue;
    }
    pairs.back().acts += act.acts;
    pairs.back().shares += act.shares;
    pairs.back().latest = act.latest;
  }
  return pairs;
}

/// Distinct persons who follow each person, from follow rows that were not undone.
std::vector<double> followers_of(aggregate::EventList rows, const aggregate::PeopleIndex& people, std::int64_t as_of) {
  aggregate::drop_future(rows, as_of);
  aggregate::drop_withdrawn(rows);
  std::vector<std::pair<PersonId, PersonId>> follows;
  for (const Event& row : rows) {
    if (row.kind != Kind::follow || row.target == aggregate::kNoAccount) continue;
    const PersonId follower = people.person_of[row.actor];
    const PersonId followed = people.person_of[row.target];
    if (follower != followed) follows.emplace_back(followed, follower);
  }
  if (follows.empty()) return {};
  std::ranges::sort(follows);
  follows.erase(std::ranges::unique(follows).begin(), follows.end());
  std::vector<double> followers(people.size());
  for (const auto& [followed, follower] : follows) followers[followed] += 1.0;
  return followers;
}

}  // namespace

aggregate::Acts acts_before(aggregate::EventTable events, const pipeline::LoadedLists& lists, const ScoreModel& model,
                            std::int64_t as_of) {
  const auto provoked_seconds =
      static_cast<std::int64_t>(model.provoked_days * static_cast<double>(base::kSecondsPerDay));
  return aggregate::derive_acts(std::move(events), lists.people, as_of, provoked_seconds);
}

History history_at(aggregate::EventTable events, const pipeline::LoadedLists& lists, const ScoreModel& model,
                   std::int64_t as_of) {
  History history;
  history.as_of = as_of;
  aggregate::EventList rows = events.events();
  history.log = acts_before(std::move(events), lists, model, as_of);
  history.followers = followers_of(std::move(rows), history.log.people, as_of);
  history.pairs = pairs_of(history.log);
  history.acts.resize(history.people());
  history.engagers.resize(history.people());
  history.sent.resize(history.people());
  for (const PairHistory& pair : history.pairs) {
    history.acts[pair.target] += pair.acts;
    history.engagers[pair.target] += 1.0;
    history.sent[pair.engager] += pair.acts;
  }
  return history;
}

std::vector<PersonId> population(const History& history) {
  std::vector<PersonId> people;
  for (PersonId person = 0; person < history.people(); ++person) {
    if (history.engagers[person] > 0.0) people.push_back(person);
  }
  return people;
}

std::vector<std::uint64_t> tie_keys(const aggregate::Acts& log, std::uint64_t seed) {
  std::vector<std::uint64_t> keys(log.people.size());
  for (PersonId person = 0; person < keys.size(); ++person)
    keys[person] = base::mix64(base::stable_hash(log.accounts.key(log.people.first_account[person])) ^
                               base::mix64(seed ^ 0x746965732d74696e));
  return keys;
}

}  // namespace renown::evaluate
