#include "api/peers.h"

#include <algorithm>
#include <string>

namespace renown::api {

Peers peers_of(const Explained& explained) {
  Peers peers;
  if (!explained.number) return peers;
  const score::ScoreRun& run = explained.run();
  for (const instance::Engaged& each : explained.reasons->engaged_by(*explained.number))
    peers.influencers.push_back({each.target, run.engagement[each.pair]});
  for (const aggregate::Pair& pair : run.tally.of_target(*explained.number)) {
    const double part = run.contribution(*explained.number, pair);
    if (part > 0.0) peers.influenced.push_back({pair.engager, part});
  }
  std::ranges::stable_sort(peers.influencers, std::ranges::greater{}, &Peer::part);
  std::ranges::stable_sort(peers.influenced, std::ranges::greater{}, &Peer::part);
  return peers;
}

const people::Person* member_behind(const Explained& explained, score::PersonId number) {
  const score::ScoreRun& run = explained.run();
  const aggregate::AccountName name = run.log.accounts[run.log.people.first_account[number]];
  const people::Person* member =
      explained.subject.directory->owner({std::string(name.network), std::string(name.account)});
  return member == nullptr || member->basis == people::ConsentBasis::none ? nullptr : member;
}

std::optional<double> mean_score_of_engagers(const Explained& explained) {
  if (!explained.number) return std::nullopt;
  const score::ScoreRun& run = explained.run();
  double sum = 0.0;
  std::uint64_t counted = 0;
  for (const aggregate::Pair& pair : run.tally.of_target(*explained.number)) {
    if (run.engagement[run.pair_index(pair)] <= 0.0 || !run.cards[pair.engager].score) continue;
    sum += *run.cards[pair.engager].score;
    ++counted;
  }
  return counted == 0 ? std::nullopt : std::optional(sum / static_cast<double>(counted));
}

}  // namespace renown::api
