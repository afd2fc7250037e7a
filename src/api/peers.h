/// Peers: whom a person engages with, and who engages with them.
#pragma once

#include <optional>
#include <vector>

#include "api/explained.h"

namespace renown::api {

struct Peer {
  score::PersonId number = 0;  ///< in the run
  double part = 0.0;           ///< unit: people
};

struct Peers {
  std::vector<Peer> influencers;  ///< the person engages with them; the strongest first
  std::vector<Peer> influenced;   ///< they engage with the person; likewise
};

/// Cost: both, sorted.
Peers peers_of(const Explained& explained);

/// The member that somebody in the run is; null for who never came, and for who may not be named.
const people::Person* member_behind(const Explained& explained, score::PersonId number);

/// The mean score of those who engaged with the person and have one themselves; nothing where nobody has.
std::optional<double> mean_score_of_engagers(const Explained& explained);

}  // namespace renown::api
