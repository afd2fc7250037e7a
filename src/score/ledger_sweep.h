/// LedgerSweep: the ledger of a log of any size, gathered on the way of a sweep (docs/scoring/ledger.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "aggregate/act_maker.h"
#include "aggregate/act_texts.h"
#include "base/partitioned.h"
#include "score/ledger.h"
#include "score/target_reader.h"

namespace renown::score {

class LedgerSweep {
 public:
  /// texts  of the intake that is swept; all must outlive this
  LedgerSweep(aggregate::RowTexts& texts, const aggregate::UndoSet& undos, const aggregate::AccountOrder& order,
              const aggregate::PersonNumbers& persons, std::int64_t as_of, base::SpillArea& area)
      : texts_(texts), undos_(undos), order_(order), persons_(persons), as_of_(as_of), acts_(area), lines_(area) {}

 private:
  /// The act that stands for a pair.
  struct LatestAct {
    AccountId account = 0;
    AccountId actor = 0;
    aggregate::Moment moment;
    aggregate::TextId post = 0;
    aggregate::TextId tags = 0;
  };

 public:
  /// Keeps the act that stands for each pair, while acts are there. One for each thread.
  class ActGatherer {
   public:
    explicit ActGatherer(LedgerSweep& ledger)
        : ledger_(ledger), texts_(ledger.texts_, ledger.undos_, ledger.order_, ledger.as_of_) {}

    /// To be called before the acts of a partition are added, all of them in their order.
    void begin(std::size_t partition);
    void add(const aggregate::ActsOnPerson& target);
    void end();

   private:
    LatestAct latest_of(std::span<const aggregate::Row> acts) const;

    LedgerSweep& ledger_;
    aggregate::ActTexts texts_;
    std::size_t partition_ = 0;
    base::Buffer<LatestAct> acts_;
  };

  /// Makes the lines, once pairs are weighed and have their standing. One for each thread.
  class LineMaker {
   public:
    explicit LineMaker(LedgerSweep& ledger) : ledger_(ledger) {}

    /// To be called before the targets of a partition are added, all of them in their order.
    void begin(std::size_t partition);
    /// unvouched_factor  what a unit of U counts for this target
    void add(const TargetEngagers& target, double unvouched_factor);
    void end();

   private:
    void add_line(PersonId target, const LatestAct& act, const WeighedPair& pair, const Engager& engager,
                  double unvouched_factor);

    LedgerSweep& ledger_;
    std::size_t partition_ = 0;
    base::Buffer<LatestAct> acts_;
    std::size_t next_ = 0;  ///< act of acts_
    base::Buffer<LedgerLine> lines_;
  };

  /// All lines by (account, actor) in byte order.
  Ledger finish(std::size_t threads);

 private:
  aggregate::RowTexts& texts_;
  const aggregate::UndoSet& undos_;
  const aggregate::AccountOrder& order_;
  const aggregate::PersonNumbers& persons_;
  std::int64_t as_of_;
  base::Partitioned<LatestAct> acts_;    ///< one a pair, in the order of pairs
  base::Partitioned<LedgerLine> lines_;  ///< by (account, actor) within a partition
};

}  // namespace renown::score
