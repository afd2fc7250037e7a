/// World: a real log and its scores, before anything is planted in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "renown/account.h"
#include "renown/interaction.h"
#include "renown/score_model.h"

#include "aggregate/event_table.h"
#include "attack/audience.h"
#include "attack/draws.h"
#include "pipeline/score_log.h"
#include "score/points.h"
#include "score/score_run.h"
#include "score/vouching.h"

namespace renown::attack {

using aggregate::AccountId;
using aggregate::EventTable;
using aggregate::PersonId;

class World {
 public:
  /// rows   of a log before as_of, accounts in byte order (EventTable::order_accounts); must outlive the world
  /// lists  the verified people are those of this world
  World(const EventTable& rows, pipeline::LoadedLists lists, ScoreModel model, std::int64_t as_of, std::size_t threads);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  const EventTable& rows() const { return rows_; }
  const pipeline::LoadedLists& lists() const { return lists_; }
  const ScoreModel& model() const { return model_; }
  const score::ScoreRun& before() const { return before_; }
  std::int64_t as_of() const { return as_of_; }
  std::size_t threads() const { return threads_; }
  bool is_protected() const { return before_.is_protected; }

  PersonId person_of(AccountId account) const { return before_.log.people.person_of[account]; }
  bool is_verified(AccountId account) const { return before_.verified[person_of(account)]; }
  const ScoreCard& card(PersonId person) const { return before_.cards[person]; }
  std::size_t real_accounts() const { return before_.log.accounts.size(); }  ///< numbers from here on are planted ones

  /// V and U of a person.
  score::Engaged engaged(PersonId person) const;

  /// Seconds from the first row to as_of, at most `days`: an attack does not begin before the log does.
  std::int64_t span_seconds(double days) const;

  /// Share of verified people among those who engage inside the window.
  double verified_mix() const { return verified_mix_; }

  /// People with a score, by raw and then by number.
  const std::vector<PersonId>& scored() const { return scored_; }

  /// The share of those who have a score and whose raw score is at most `raw`, in percent.
  double percentile(double raw) const;

  /// P(S) of the person in the middle of scored().
  double median_points() const;

  /// A row of the log, drawn: its actor and kind are the log's own mix. The log must have acts.
  const aggregate::Event& any_act(Draws& draws) const {
    return before_.tally.acts[draws.below(before_.tally.acts.size())];
  }

  /// The heaviest of the kinds that the log has: of equal ones the first.
  Kind heaviest_kind() const { return heaviest_kind_; }

  /// Verified accounts with an act inside the window, by number.
  const std::vector<AccountId>& verified_engagers() const { return verified_engagers_; }

  /// An account of each of the 100 people with the highest raw score.
  const std::vector<AccountId>& famous() const { return famous_; }

  /// The accounts of people who were found to be part of a farm.
  AccountSet farm_accounts() const;

  /// What an ordinary account draws.
  const Audience& audience() const { return audience_; }

  /// What no account of the log begins with.
  const std::string& new_name() const { return new_name_; }

 private:
  const EventTable& rows_;
  pipeline::LoadedLists lists_;
  ScoreModel model_;
  std::int64_t as_of_;
  std::size_t threads_;
  score::ScoreRun before_;
  std::int64_t first_time_;
  std::vector<PersonId> scored_;
  double verified_mix_ = 0.0;
  Audience audience_;
  Kind heaviest_kind_ = Kind::like;
  std::vector<AccountId> verified_engagers_;
  std::vector<AccountId> famous_;
  std::string new_name_ = "planted-";
};

}  // namespace renown::attack
