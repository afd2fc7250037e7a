#include "score/what_if.h"

#include <vector>

#include "score/card.h"
#include "score/engagement.h"
#include "score/interval.h"

namespace renown::score {

ScoreCard card_without(const ScoreRun& run, PersonId target,
                       const std::function<bool(const aggregate::Pair&, const aggregate::Event&)>& is_dropped) {
  const Engagement weigh(run.model, run.as_of);
  const CardMaker maker(run.model, run.is_protected);
  const aggregate::ActWeigher weight(run.log.accounts, tally_weights(run.model, run.as_of));
  std::vector<Engager> engagers;
  std::uint64_t interactions = 0;
  std::uint32_t reach = 0;
  for (const aggregate::Pair& pair : run.tally.of_target(target)) {
    aggregate::PairSpan all, shares;
    for (const aggregate::Event& act : run.tally.acts_of(pair)) {
      if (is_dropped(pair, act)) continue;
      ++interactions;
      aggregate::add_act(act, weight(act), all, shares);
    }
    if (all.latest < 0) continue;
    if (weigh.inside_window(all)) ++reach;
    engagers.push_back({.engagement = weigh(all),
                        .share_engagement = weigh(shares),
                        .standing = run.standing[run.pair_index(pair)],
                        .group = interval_group(run.log, pair.engager),
                        .verified = run.verified[pair.engager]});
  }
  if (engagers.empty()) return maker.card({});
  return maker.card(maker.numbers(engagers, interactions, reach));
}

}  // namespace renown::score
