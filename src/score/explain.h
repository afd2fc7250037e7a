/// Explanation: the reasons of one person's score, as parts that add up.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "score/ledger.h"
#include "score/score_run.h"
#include "score/vouching.h"

namespace renown::score {

/// One engager, and what would be lost without them.
struct EngagerReason {
  LedgerLine line;
  double points_lost = 0.0;  ///< score minus the exact score without this engager; 0 where there is no score
};

/// A part of the raw score: of one post, network, kind, day or tag. Parts of one roll-up sum to the raw score.
struct Part {
  std::string label;
  double contribution = 0.0;  ///< unit: people
  std::uint64_t engagers = 0;
};

struct Explanation {
  ScoreCard card;
  std::string person;               ///< name; empty if unlinked
  std::vector<AccountId> accounts;  ///< of the person, in the log

  std::vector<EngagerReason> engagers;             ///< largest contribution first
  std::vector<Part> posts, networks, kinds, tags;  ///< largest first
  std::vector<Part> days;                          ///< oldest first; the day of each engager's latest act, UTC

  std::uint64_t verified_engagers = 0;
  std::uint64_t unverified_engagers = 0;
  Engaged engaged;                 ///< V and U as they stand
  std::optional<double> room;      ///< C, the most that U can add; empty where unprotected
  double unvouched_counted = 0.0;  ///< what U adds to S
  double bounded = 0.0;            ///< U minus that: attention nobody vouches for, beyond the room
  double faded = 0.0;  ///< what the engagers in the window would add to V + U if all were fresh, minus V + U
  std::uint64_t forgotten_engagers = 0;  ///< engagers whose latest act has left the window
  aggregate::DroppedOf dropped;          ///< acts on this person that count nothing, by reason
};

/// Takes time in proportion to the person's engagers and their acts.
Explanation explain(const ScoreRun& run, PersonId target);

/// The person behind an account, or nothing if the log does not know it.
std::optional<PersonId> find_person(const ScoreRun& run, const Account& account);

}  // namespace renown::score
