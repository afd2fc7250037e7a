/// LiveScores: what one more interaction does to a score, exactly, between two official runs.
///
/// The model is local: at one as_of a row changes its target, whom the target engages with, and, where words can
/// provoke or an undo withdraws, the other direction of its pair. So a row costs what its target's engagers are, not
/// what the log is, and the card is the one, to the bit, that a whole run of all rows would give with the same farm
/// list held (tests/property/live_test.cc).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "renown/account.h"
#include "renown/interaction.h"
#include "renown/result.h"
#include "renown/score_card.h"
#include "renown/score_model.h"

#include "aggregate/event_table.h"
#include "aggregate/pair_tally.h"
#include "score/card.h"
#include "score/engagement.h"
#include "score/score_run.h"

namespace renown::score {

/// Not for several threads at once. Memory: about 100 bytes a row.
class LiveScores {
 public:
  /// events  of the log, in any order; rows at or after as_of wait for the next run
  /// lists   as for score_acts, with the farm list of the last run; what they point to, and `model`, must outlive this
  /// cost    a whole run
  LiveScores(aggregate::EventTable events, const Lists& lists, const ScoreModel& model, std::int64_t as_of,
             std::size_t threads);

  /// Takes one more row.
  ///
  /// errors  bad_input where the row brings the first account of a linked person in byte order: then people are
  /// numbered
  ///         anew, which takes a run. Nothing has changed
  Result<void> add(const Interaction& row);

  /// The card of the person behind an account, now; empty fields if nobody engaged with them. Time: the person's
  /// engagers.
  ScoreCard card(std::string_view network, std::string_view account);

 private:
  using PersonNumber = std::uint32_t;  ///< in the order in which they were met

  /// How one engager stands in its target's list.
  struct EngagerOf {
    PersonNumber person = 0;
    std::uint32_t standing_of = 0;  ///< the version of the engager's V that its standing was made of; 0: of none
    std::uint64_t acts = 0;
    bool inside_window = false;
  };

  struct Person {
    std::vector<aggregate::AccountId> accounts;  ///< in the log; the first in byte order first
    bool verified = false;
    std::uint8_t group = 0;
    double vouched = 0.0;       ///< V of round one
    std::uint32_t version = 1;  ///< of `vouched`
    std::vector<Engager> engagers;
    std::vector<EngagerOf> engagers_of;  ///< one for each of `engagers`
  };

  void list_verified_names();
  PersonNumber add_account(aggregate::AccountId account);
  Result<aggregate::AccountId> account_of(std::string_view network, std::string_view account);
  std::optional<PersonNumber> find_person(std::string_view network, std::string_view account) const;
  void index_rows();
  void remember_id(const aggregate::Event& row);
  void take_run(const ScoreRun& run);

  aggregate::EventList rows_between(aggregate::AccountId a, aggregate::AccountId b) const;
  void append_acts(aggregate::AccountId actor, aggregate::AccountId target, aggregate::EventList& acts) const;
  void update_pair(PersonNumber engager, PersonNumber target);
  void put_engager(Person& target, PersonNumber engager, const aggregate::PairSpan& all,
                   const aggregate::PairSpan& shares, std::uint64_t acts);
  double weight_of(const aggregate::Event& act) const;
  void update_vouched(PersonNumber person);
  std::size_t place_of(const Person& target, PersonNumber engager) const;
  bool comes_before(PersonNumber a, PersonNumber b) const;
  void refresh_standing(PersonNumber target);

  const ScoreModel& model_;
  Lists lists_;
  std::int64_t as_of_;
  std::int64_t provoked_seconds_;
  CardMaker maker_;
  Engagement weigh_;

  aggregate::EventTable table_;  ///< names and texts; its rows, sorted by pair of accounts
  std::unordered_map<std::uint64_t, aggregate::EventList> new_rows_;                    ///< by pair of accounts
  std::unordered_map<aggregate::AccountId, aggregate::EventList> undos_;                ///< by actor
  std::unordered_map<std::uint64_t, std::vector<aggregate::AccountId>> targets_of_id_;  ///< by actor and id of the act
  std::vector<Person> persons_;
  std::vector<PersonNumber> person_of_;                                ///< by account
  std::unordered_map<std::string_view, PersonNumber> person_by_name_;  ///< linked ones
  std::unordered_set<std::string_view> verified_names_;                ///< of linked people
};

}  // namespace renown::score
