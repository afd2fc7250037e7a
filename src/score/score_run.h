/// ScoreRun: one scoring of one log, and everything an explanation needs of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "renown/account.h"
#include "renown/score_card.h"
#include "renown/score_model.h"

#include "aggregate/pair_tally.h"
#include "base/sparse_array.h"
#include "score/farm_search.h"

namespace renown::score {

using aggregate::AccountId;
using aggregate::PersonId;

/// The lists a run goes by. Null means "no list was given", which for `verified` is something else than an empty one.
struct Lists {
  const PeopleMap* people = nullptr;     ///< never null
  const AccountSet* verified = nullptr;  ///< null: unprotected
  const AccountSet* farm = nullptr;      ///< accounts whose acts weigh nothing
};

/// Who is not searched for farms: verified people, and people with an account on the list of the pardoned. By person.
std::vector<bool> spared_people(const aggregate::Acts& log, const Lists& lists, const AccountSet& pardoned);

struct ScoreRun {
  ScoreModel model;
  std::int64_t as_of = 0;
  bool is_protected = false;

  aggregate::Acts log;  ///< names and counts; the acts themselves stand in `tally`
  aggregate::PairTally tally;
  std::vector<bool> verified;  ///< by person
  std::vector<bool> farm;      ///< by person: has an account on the farm list; empty where there is none
  std::vector<Farm> farms;     ///< what the search found; empty where a list was given instead

  std::vector<double> engagement;        ///< w, by pair
  std::vector<double> standing;          ///< m, by pair; 1 for an unverified engager
  std::vector<double> unvouched_factor;  ///< by target person: what a unit of U counts
  base::SparseArray<ScoreCard> cards;    ///< by person; of those who were engaged with

  /// "renown-0.1", and how strong the protection is: what table, page, file and lock show.
  std::string_view protection() const { return is_protected ? "verified" : "unprotected"; }

  std::size_t pair_index(const aggregate::Pair& pair) const {
    return static_cast<std::size_t>(&pair - tally.pairs.data());
  }

  /// What the pair adds to its target's S, and to V. The first sum to `raw` over a target's pairs (P3).
  double contribution(PersonId target, const aggregate::Pair& pair) const;
  double vouched_contribution(const aggregate::Pair& pair) const;

  /// Share of the engagers inside the window that is verified: to be compared with model.verified_share, which is set
  /// by the operator and never read off a log (a farm could dilute it). 0 where there are no engagers.
  double observed_verified_share() const;
};

/// How acts weigh under a model.
aggregate::TallyWeights tally_weights(const ScoreModel& model, std::int64_t as_of);

/// The group of a person for the interval (score/interval.h).
std::uint8_t interval_group(const aggregate::Acts& log, PersonId person);

/// Scores everybody in `log` in two passes over the pairs. Takes O(pairs log pairs) time; the result is the same for
/// any number of threads.
///
/// log    acts of a log before as_of (aggregate::derive_acts with the same people)
/// lists  must outlive the result
ScoreRun score_acts(aggregate::Acts log, const Lists& lists, const ScoreModel& model, std::int64_t as_of,
                    std::size_t threads);

}  // namespace renown::score
