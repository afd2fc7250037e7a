#include "evaluate/outcomes.h"

#include <algorithm>
#include <utility>

namespace renown::evaluate {
namespace {

using TargetAndEngager = std::pair<PersonId, PersonId>;

std::vector<TargetAndEngager> distinct(std::vector<TargetAndEngager> pairs) {
  std::ranges::sort(pairs);
  pairs.erase(std::ranges::unique(pairs).begin(), pairs.end());
  return pairs;
}

std::vector<double> count_by_target(const std::vector<TargetAndEngager>& pairs, std::size_t people) {
  std::vector<double> counts(people);
  for (const auto& [target, engager] : pairs) counts[target] += 1.0;
  return counts;
}

bool engaged_before(const History& history, const TargetAndEngager& pair) {
  const auto key = [](const PairHistory& known) { return TargetAndEngager(known.target, known.engager); };
  return std::ranges::binary_search(history.pairs, pair, {}, key);
}

}  // namespace

Outcomes outcomes_after(const History& history, const aggregate::Acts& whole, const Split& split,
                        const std::vector<bool>* counted) {
  const auto& person_of = whole.people.person_of;
  Outcomes outcomes;
  std::vector<TargetAndEngager> engagers;
  std::vector<TargetAndEngager> reposters;
  for (const aggregate::Event& act : whole.acts) {
    if (act.time < split.time || act.time >= split.until) continue;
    const TargetAndEngager pair(person_of[act.target], person_of[act.actor]);
    if (counted && !(*counted)[pair.second]) continue;
    ++outcomes.acts;
    engagers.push_back(pair);
    if (act.kind == Kind::repost || act.kind == Kind::quote) reposters.push_back(pair);
  }
  engagers = distinct(std::move(engagers));
  reposters = distinct(std::move(reposters));

  const std::size_t people = history.people();
  auto& by_person = outcomes.by_person;
  const auto at = [](Outcome outcome) { return static_cast<std::size_t>(outcome); };
  by_person[at(Outcome::engagers)] = count_by_target(engagers, people);
  by_person[at(Outcome::reposters)] = count_by_target(reposters, people);

  std::vector<double> reach(people);
  for (const auto& [target, reposter] : reposters) reach[target] += 1.0 + outcomes.of(Outcome::reposters)[reposter];
  by_person[at(Outcome::reach)] = std::move(reach);

  std::erase_if(engagers, [&](const TargetAndEngager& pair) { return engaged_before(history, pair); });
  by_person[at(Outcome::new_engagers)] = count_by_target(engagers, people);
  return outcomes;
}

}  // namespace renown::evaluate
