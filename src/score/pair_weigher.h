/// PairWeigher: from the acts on one person to the weighed pairs of its engagers.
#pragma once

#include <cstdint>
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

/// One for each thread.
class PairWeigher {
 public:
  PairWeigher(const ScoreModel& model, std::int64_t as_of, const ActWeights& weights,
              const aggregate::PersonNumbers& persons)
      : as_of_(as_of),
        window_seconds_(window_seconds(model)),
        weights_(weights),
        persons_(persons),
        weigh_(model, as_of) {}

  /// Appends the pairs of one target, engagers rising, and the shares that the pairs do not hold themselves.
  void weigh(const aggregate::ActsOnPerson& target, base::Buffer<WeighedPair>& pairs,
             std::vector<double>& share_engagements) const;

 private:
  WeighedPair weigh_pair(std::span<const aggregate::Row> acts, aggregate::PersonId engager,
                         std::vector<double>& share_engagements) const;

  std::int64_t as_of_;
  std::int64_t window_seconds_;
  const ActWeights& weights_;
  const aggregate::PersonNumbers& persons_;
  Engagement weigh_;
};

}  // namespace renown::score
