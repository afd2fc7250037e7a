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

std::uint32_t PairWeigher::add(const aggregate::ActsOnPerson& target) {
  const auto acts = target.acts;
  const std::size_t before = pairs_.size();
  for (std::size_t begin = 0; begin < acts.size();) {
    const aggregate::PersonId engager = persons_.of(acts[begin].actor);
    std::size_t end = begin + 1;
    while (end < acts.size() && persons_.of(acts[end].actor) == engager) ++end;
    if (end - begin == 1) {
      add_single(acts[begin], engager);
    } else {
      add_pair(acts.subspan(begin, end - begin), engager);
    }
    begin = end;
  }
  return static_cast<std::uint32_t>(pairs_.size() - before);
}

void PairWeigher::add_pair(std::span<const aggregate::Row> acts, aggregate::PersonId engager) {
  aggregate::PairSpan all;
  aggregate::PairSpan shares;
  for (const aggregate::Row& act : acts) {
    const std::int64_t time = act.moment.time();
    const double weight = as_of_ - time < window_seconds_ ? weights_(act) : 0.0;
    all.add(time, weight);
    if (aggregate::is_share(act.moment.kind())) shares.add(time, weight);
  }
  const auto share = shares.latest < 0 ? WeighedPair::Share::none
                     : all == shares   ? WeighedPair::Share::all
                                       : WeighedPair::Share::own;
  if (share == WeighedPair::Share::own) share_spans_.push_back(shares);
  push(all, acts.size(), share, engager);
}

/// What add_pair() comes to for a single act, as most pairs have.
void PairWeigher::add_single(const aggregate::Row& act, aggregate::PersonId engager) {
  const std::int64_t time = act.moment.time();
  const double weight = as_of_ - time < window_seconds_ ? weights_(act) : 0.0;
  push({time, time, weight}, 1,
       aggregate::is_share(act.moment.kind()) ? WeighedPair::Share::all : WeighedPair::Share::none, engager);
}

void PairWeigher::push(const aggregate::PairSpan& all, std::size_t acts, WeighedPair::Share share,
                       aggregate::PersonId engager) {
  WeighedPair pair;
  pair.engager = engager;
  pair.acts = static_cast<std::uint32_t>(std::min<std::size_t>(acts, WeighedPair::kMostActs)) & WeighedPair::kMostActs;
  pair.inside_window = weigh_.inside_window(all) ? 1 : 0;
  pair.share = static_cast<std::uint8_t>(share) & 3;
  pairs_.push_back(pair);
  spans_.push_back(all);
  if (spans_.size() == base::kBatch) weigh_spans();
}

/// The spans are those of the last pairs.
void PairWeigher::weigh_spans() {
  base::Batch engagements;
  weigh_(spans_.span(), engagements.data());
  WeighedPair* const last = pairs_.end() - spans_.size();
  for (std::size_t i = 0; i < spans_.size(); ++i) last[i].engagement = engagements[i];
  spans_.clear();
}

std::span<const WeighedPair> PairWeigher::weigh(std::vector<double>& share_engagements) {
  weigh_spans();
  share_engagements.resize(share_spans_.size());
  weigh_(share_spans_.span(), share_engagements.data());
  return pairs_.span();
}

}  // namespace renown::score
