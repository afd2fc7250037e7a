/// History: what is known at a split, in plain numbers by person: the material of outcomes and simple rankings.
#pragma once

#include <cstdint>
#include <vector>

#include "aggregate/acts.h"
#include "aggregate/event_table.h"
#include "pipeline/score_log.h"

namespace renown::evaluate {

using aggregate::PersonId;

/// All acts of one engager on one target.
struct PairHistory {
  PersonId target = 0;
  PersonId engager = 0;
  std::uint32_t acts = 0;
  std::uint32_t shares = 0;  ///< reposts and quotes
  std::int64_t latest = 0;   ///< unix seconds
};

struct History {
  std::int64_t as_of = 0;
  aggregate::Acts log;             ///< acts before as_of; persons have the same numbers whatever the time
  std::vector<PairHistory> pairs;  ///< by (target, engager)

  std::vector<double> acts;       ///< received, by person
  std::vector<double> engagers;   ///< distinct, by person
  std::vector<double> sent;       ///< acts sent, by person
  std::vector<double> followers;  ///< distinct, by person; empty where no follow row is known before as_of

  std::size_t people() const { return log.people.size(); }
};

/// events  with accounts in order; rows of any time. `lists` must outlive the result
History history_at(aggregate::EventTable events, const pipeline::LoadedLists& lists, const ScoreModel& model,
                   std::int64_t as_of);

/// The acts before `as_of` by the rules of the score: undone, own and provoked ones are out, twins are one.
aggregate::Acts acts_before(aggregate::EventTable events, const pipeline::LoadedLists& lists, const ScoreModel& model,
                            std::int64_t as_of);

/// Who is examined at a split: everybody who had received an act, in the order of persons.
std::vector<PersonId> population(const History& history);

/// By person: a fixed number that decides the order of equals, from the name of their first account and a seed.
std::vector<std::uint64_t> tie_keys(const aggregate::Acts& log, std::uint64_t seed);

}  // namespace renown::evaluate
