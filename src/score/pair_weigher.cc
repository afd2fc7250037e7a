#include "score/pair_weigher.h"

#include <algorithm>

namespace renown::score {
ActWeights::ActWeights(const ScoreModel& model, const aggregate::AccountOrder& order) : kind_(model.kind_weight) {
  if (model.network_weight.empty()) return;
  network_.assign(order.size(), 1.0);
  for (aggregate::AccountId rank = 0; rank < order.size(); ++rank) {
    const auto listed = model.network_weight.find(std::string(order[rank].network));
    if (listed != model.network_weight.end()) network_[rank] = listed->second;
  }
}

void PairWeigher::weigh(const aggregate::ActsOnPerson& target, base::Buffer<WeighedPair>& pairs,
                        std::vector<double>& share_engagements) const {
  const auto acts = target.acts;
  for (std::size_t begin = 0; begin < acts.size();) {
    const aggregate::PersonId engager = persons_.of(acts[begin].actor);
    std::size_t end = begin + 1;
    while (end < acts.size() && persons_.of(acts[end].actor) == engager) ++end;
    pairs.push_back(weigh_pair(acts.subspan(begin, end - begin), engager, share_engagements));
    begin = end;
  }
}

WeighedPair PairWeigher::weigh_pair(std::span<const aggregate::Row> acts, aggregate::PersonId engager,
                                    std::vector<double>& share_engagements) const {
  aggregate::PairSpan all;
  aggregate::PairSpan shares;
  for (const aggregate::Row& act : acts) {
    const std::int64_t time = act.moment.time();
    const Kind kind = act.moment.kind();
    const double weight = as_of_ - time < window_seconds_ ? weights_(act) : 0.0;
    all.add(time, weight);
    if (kind == Kind::repost || kind == Kind::quote) shares.add(time, weight);
  }
  WeighedPair pair;
  pair.engager = engager;
  pair.acts =
      static_cast<std::uint32_t>(std::min<std::size_t>(acts.size(), WeighedPair::kMostActs)) & WeighedPair::kMostActs;
  pair.inside_window = weigh_.inside_window(all) ? 1 : 0;
  pair.engagement = weigh_(all);
  auto share = WeighedPair::Share::none;
  if (all == shares) {
    share = WeighedPair::Share::all;
  } else if (shares.latest >= 0) {
    share = WeighedPair::Share::own;
    share_engagements.push_back(weigh_(shares));
  }
  pair.share = static_cast<std::uint8_t>(share) & 3;
  return pair;
}

}  // namespace renown::score
