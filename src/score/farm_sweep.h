/// FarmSweep: which acts are searched for farms, partition by partition (docs/scoring/farms.md).
///
/// Made from three things that the sweep gathers on its way: deeds (acts inside the window, by actor), audiences, and
/// which targets can be of a farm at all.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "renown/result.h"
#include "renown/score_model.h"

#include "aggregate/act_maker.h"
#include "aggregate/placement.h"
#include "base/partitioned.h"
#include "score/farm_search.h"
#include "score/go_on.h"
#include "score/lockstep.h"
#include "score/partition_pairs.h"

namespace renown::score {

class FarmSweep {
 public:
  /// rows    of the log
  /// spared  by person: verified or pardoned
  FarmSweep(const ScoreModel& model, std::int64_t as_of, std::uint64_t rows, const aggregate::AccountOrder& order,
            const aggregate::PersonNumbers& persons, const aggregate::Placement& placement,
            std::vector<std::uint8_t> spared, base::SpillArea& area);

  /// Gathers the acts of one partition after the other. One for each thread.
  class Gatherer {
   public:
    explicit Gatherer(FarmSweep& sweep);
    ~Gatherer();
    Gatherer(const Gatherer&) = delete;
    Gatherer& operator=(const Gatherer&) = delete;
    void add(const aggregate::ActsOnPerson& target);

   private:
    void add_deeds(std::span<const aggregate::Row> acts);
    void put_waiting(std::size_t i);
    bool crowded(std::span<const aggregate::Row> acts);
    bool crowded_by_slots(std::size_t least);

    /// A deed whose place is being fetched: there are too many persons for a cache.
    struct Waiting {
      aggregate::PersonId engager = 0;
      bool waits = false;
      aggregate::Row act;
    };
    static constexpr std::size_t kWaiting = 16;

    FarmSweep& sweep_;
    base::Partitioned<aggregate::Row>::Writer deeds_;
    std::array<Waiting, kWaiting> waiting_;
    std::size_t next_ = 0;              ///< of the waiting ones the oldest
    std::vector<std::uint32_t> times_;  ///< of suspects' acts on the target, seconds since the window began
    std::vector<std::uint32_t> slots_;  ///< acts by slot; all 0 between uses
  };

  /// Finds the farms once everything is gathered; gives the room of the deeds back.
  ///
  /// pairs    of the same log: who engages with whom
  /// errors   cancelled
  Result<std::vector<Farm>> find(PartitionPairs& pairs, std::size_t threads, const GoOn& go_on);

 private:
  class HitMaker;
  class WholeSweep;

  void number_candidates();
  void sort_hits(std::size_t threads);
  std::vector<Farm> search(std::size_t threads);

  base::SpillArea& area_;
  std::array<LockstepRule, 2> rules_;
  std::int64_t window_begin_;
  std::uint32_t longest_slot_seconds_;
  bool may_find_;  ///< the log has as many rows as a farm needs acts
  const aggregate::AccountOrder& order_;
  const aggregate::PersonNumbers& persons_;
  const aggregate::Placement& placement_;
  std::vector<std::uint8_t> spared_;  ///< by person

  base::Partitioned<aggregate::Row> deeds_;  ///< by actor
  std::vector<std::uint32_t> audience_;      ///< by person: different (actor, account of theirs) that act
  std::vector<std::uint8_t> candidate_;      ///< by person: a crowd of suspects was there at some time
  std::vector<std::uint8_t> acted_;          ///< by account; empty where nobody is linked

  std::vector<std::uint32_t> candidate_number_;  ///< by person; kNone for others
  std::uint32_t candidates_ = 0;
  std::vector<std::uint32_t> distinct_targets_;  ///< by person
  std::vector<std::uint32_t> acts_in_window_;    ///< by person
  base::Partitioned<Hit> hits_;                  ///< on candidates, by target
};

}  // namespace renown::score
