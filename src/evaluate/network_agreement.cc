#include "evaluate/network_agreement.h"

#include <map>
#include <utility>

#include "evaluate/measures.h"

namespace renown::evaluate {
namespace {

/// What stands between a person's name and a network: no text holds a NUL.
constexpr char kSplit = '\0';

/// The same lists with everybody taken for one person on each network.
pipeline::LoadedLists one_person_a_network(const pipeline::LoadedLists& lists) {
  pipeline::LoadedLists split = lists;
  std::set<std::string> verified_people;
  for (auto& [account, person] : split.people) {
    if (lists.verified && lists.verified->contains(account)) verified_people.insert(person);
  }
  for (auto& [account, person] : split.people) {
    if (verified_people.contains(person)) split.verified->insert(account);
    person += kSplit + account.network;
  }
  return split;
}

using RawByNetwork = std::map<std::string, double>;

std::map<std::string, RawByNetwork> raw_scores(const score::ScoreRun& run) {
  std::map<std::string, RawByNetwork> scores;
  for (score::PersonId person = 0; person < run.log.people.size(); ++person) {
    const std::string name(run.log.people.name[person]);
    const std::size_t split = name.rfind(kSplit);
    if (split == std::string::npos || run.cards[person].interactions == 0) continue;
    scores[name.substr(0, split)][name.substr(split + 1)] = run.cards[person].raw;
  }
  return scores;
}

}  // namespace

std::vector<NetworkAgreement> network_agreement(const aggregate::EventTable& events, const pipeline::LoadedLists& lists,
                                                const ScoreModel& model, std::int64_t as_of, std::size_t threads) {
  if (lists.people.empty()) return {};
  const pipeline::LoadedLists split = one_person_a_network(lists);
  const auto scores = raw_scores(pipeline::score_events(events, split, model, as_of, threads));

  std::map<std::pair<std::string, std::string>, std::pair<std::vector<double>, std::vector<double>>> by_pair;
  for (const auto& [person, networks] : scores) {
    for (auto first = networks.begin(); first != networks.end(); ++first) {
      for (auto second = std::next(first); second != networks.end(); ++second) {
        auto& [on_first, on_second] = by_pair[{first->first, second->first}];
        on_first.push_back(first->second);
        on_second.push_back(second->second);
      }
    }
  }
  std::vector<NetworkAgreement> result;
  for (const auto& [networks, raws] : by_pair)
    result.push_back({networks.first, networks.second, raws.first.size(), spearman(raws.first, raws.second)});
  return result;
}

}  // namespace renown::evaluate
