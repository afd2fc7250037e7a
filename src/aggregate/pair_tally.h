/// Pair tallies: everything the score needs to know of all acts of one person on another.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "aggregate/acts.h"
#include "base/huge_pages.h"

namespace renown::aggregate {

/// What one kind of acts of a pair comes to: when, and the largest weight inside the window.
struct PairSpan {
  std::int64_t first = std::numeric_limits<std::int64_t>::max();  ///< first act in the whole log
  std::int64_t latest = -1;                                       ///< latest act; -1: there is none
  double weight = 0.0;  ///< max of a_n * w_kind over the acts inside the window; 0: none inside

  /// One more act; an act outside of the window weighs 0.
  void add(std::int64_t time, double act_weight) {
    first = std::min(first, time);
    latest = std::max(latest, time);
    weight = std::max(weight, act_weight);
  }
  bool operator==(const PairSpan&) const = default;
};

/// All acts of one engager-person on one target-person.
struct Pair {
  PersonId engager = 0;
  PairSpan all;                  ///< every kind
  PairSpan shares;               ///< repost and quote alone; weight 0: none
  std::uint64_t acts_begin = 0;  ///< their acts stand at [acts_begin, acts_end) of PairTally::acts
  std::uint64_t acts_end = 0;
};

/// How heavy acts are, and which count.
struct TallyWeights {
  std::int64_t as_of = 0;
  std::int64_t window_seconds = 0;
  std::array<double, kEngagementKinds> kind{};
  std::map<std::string, double> network;  ///< a network that is not listed weighs 1
};

/// Pairs by target, and within a target by engager.
struct PairTally {
  base::HugeVector<Pair> pairs;
  std::vector<std::uint64_t> target_begin;  ///< pairs of target t: [target_begin[t], target_begin[t + 1])
  EventList acts;                           ///< sorted by (target person, engager person, time)

  std::span<const Pair> of_target(PersonId target) const {
    return std::span(pairs).subspan(target_begin[target], target_begin[target + 1] - target_begin[target]);
  }
  std::span<const Event> acts_of(const Pair& pair) const {
    return std::span(acts).subspan(pair.acts_begin, pair.acts_end - pair.acts_begin);
  }
  /// The pair of that engager and target, or null.
  const Pair* find(PersonId engager, PersonId target) const;
};

/// How much one act weighs: a_n * w_kind inside the window, 0 outside. Looks networks up once for each account.
class ActWeigher {
 public:
  ActWeigher(const AccountTable& accounts, const TallyWeights& weights);

  double operator()(const Event& act) const {
    if (weights_.as_of - act.time >= weights_.window_seconds) return 0.0;
    const double network = network_.empty() ? 1.0 : network_[act.actor];
    return network * weights_.kind[static_cast<std::size_t>(act.kind)];
  }

 private:
  TallyWeights weights_;
  std::vector<double> network_;  ///< by account; empty where all weigh 1
};

/// What amplification is made of.
constexpr bool is_share(Kind kind) {
  return kind == Kind::repost || kind == Kind::quote;
}

/// Adds an act of that weight to what its pair comes to.
inline void add_act(const Event& act, double weight, PairSpan& all, PairSpan& shares) {
  all.add(act.time, weight);
  if (is_share(act.kind)) shares.add(act.time, weight);
}

/// Takes the acts out of `acts` (its other parts stay). O(n log n) time.
PairTally tally_pairs(Acts& acts, const TallyWeights& weights, std::size_t threads = 1);

/// The act that stands for a pair in the ledger: the latest; of several in that second the first by kind order,
/// network, post, id, actor and target in byte order. `acts_of_pair` must not be empty.
const Event& latest_act(std::span<const Event> acts_of_pair, const AccountTable& accounts, const StringTable& texts);

}  // namespace renown::aggregate
