/// PairWeigher: from the acts on one person to the weighed pairs of its engagers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "renown/score_model.h"

#include "aggregate/account_order.h"
#include "aggregate/act_maker.h"
#include "aggregate/person_numbers.h"
#include "base/buffer.h"
#include "score/engagement.h"
#include "score/partition_pairs.h"

namespace renown::score {

/// How heavy an act is: a_n * w_kind. By account only where the model weighs networks.
class ActWeights {
 public:
  ActWeights(const ScoreModel& model, const aggregate::AccountOrder& order);

  double operator()(const aggregate::Row& act) const {
    const double kind = kind_[static_cast<std::size_t>(act.moment.kind())];
    return network_.empty() ? kind : network_[act.actor] * kind;
  }

 private:
  std::array<double, kEngagementKinds> kind_;
  std::vector<double> network_;  ///< a_n by the rank of an account
};

/// Works through one partition after the other. One for each thread.
class PairWeigher {
 public:
  PairWeigher(const ScoreModel& model, std::int64_t as_of, const ActWeights& weights,
              const aggregate::PersonNumbers& persons)
      : as_of_(as_of),
        window_seconds_(window_seconds(model)),
        weights_(weights),
        persons_(persons),
        weigh_(model, as_of) {}

  /// Begins a partition.
  void clear() { pairs_.clear(), spans_.clear(), share_spans_.clear(); }

  /// Adds the pairs of one target, engagers rising. returns  how many they are
  std::uint32_t add(const aggregate::ActsOnPerson& target);

  /// Weighs the pairs of all targets that were added. share_engagements  gets those that pairs do not hold themselves
  /// returns  in the order in which they were added; valid until clear()
  std::span<const WeighedPair> weigh(std::vector<double>& share_engagements);

 private:
  void add_pair(std::span<const aggregate::Row> acts, aggregate::PersonId engager);
  void add_single(const aggregate::Row& act, aggregate::PersonId engager);
  void push(const aggregate::PairSpan& all, std::size_t acts, WeighedPair::Share share, aggregate::PersonId engager);
  void weigh_spans();

  std::int64_t as_of_;
  std::int64_t window_seconds_;
  const ActWeights& weights_;
  const aggregate::PersonNumbers& persons_;
  Engagement weigh_;

  base::Buffer<WeighedPair> pairs_;                ///< of the partition
  base::Buffer<aggregate::PairSpan> spans_;        ///< of the last pairs, which are not weighed yet
  base::Buffer<aggregate::PairSpan> share_spans_;  ///< of pairs with Share::own, in their order
};

}  // namespace renown::score
