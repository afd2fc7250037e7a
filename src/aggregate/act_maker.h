/// ActMaker: the rules that turn the rows of one partition into acts (docs/scoring/acts.md).
///
/// The same rules as aggregate/rules.h, which apply them to a whole log with its texts at once, so that reasons can be
/// given; here they apply to a part of a log of any size. tests/twin holds them against each other.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "aggregate/acts.h"
#include "aggregate/intake.h"
#include "aggregate/pair_sketch.h"
#include "aggregate/person_numbers.h"
#include "aggregate/undo_set.h"
#include "base/buffer.h"

namespace renown::aggregate {

/// The acts on one person.
struct ActsOnPerson {
  PersonId target = 0;
  std::span<const Row> acts;        ///< by engager-person, then time; numbers of accounts are ranks
  std::uint32_t account_pairs = 0;  ///< different (actor, target)
};

/// Works through one partition after the other. One for each thread. Rows that are in order but for a few behind, as
/// those of earlier days are, cost little more than a look.
class ActMaker {
 public:
  /// undos  of the log before as_of
  ActMaker(Intake& intake, const UndoSet& undos, const AccountOrder& order, const PersonNumbers& persons,
           std::int64_t as_of, std::int64_t provoked_seconds)
      : intake_(intake),
        undos_(undos),
        order_(order),
        persons_(persons),
        as_of_(as_of),
        provoked_seconds_(provoked_seconds),
        account_bits_(static_cast<unsigned>(std::bit_width(order.size()))) {}

  /// Takes the rows of a partition and calls on_person(ActsOnPerson) for each person with acts, in the order of their
  /// numbers. Time O(rows of the partition).
  template <class OnPerson>
  void for_each_person(std::size_t partition, const OnPerson& on_person) {
    make_acts(partition);
    for (std::size_t begin = 0; begin < acts_.size();) {
      const PersonId target = persons_.of(acts_[begin].target);
      std::size_t end = begin + 1;
      while (end < acts_.size() && persons_.of(acts_[end].target) == target) ++end;
      const std::span<Row> acts = acts_.span().subspan(begin, end - begin);
      const std::uint32_t account_pairs = count_account_pairs(acts);
      if (persons_.linked()) order_by_engager(acts);
      on_person(ActsOnPerson{target, acts, account_pairs});
      begin = end;
    }
  }

  /// Rows of the partitions so far that were dropped, by reason; undos stand in no partition.
  const DropCounts& dropped() const { return dropped_; }

 private:
  void make_acts(std::size_t partition);
  void take_rows(std::size_t partition);
  template <class T>
  void take_rows_of(base::Partitioned<T>& rows, std::size_t partition, base::Buffer<T>& room);
  template <class T>
  bool counts(const T& row);
  void keep(const Row& row);
  void sort_rows();
  void merge_twins();
  void take_words(std::size_t partition);
  void drop_provoked();
  std::span<const Row> acts_that_answer(const Words& words, const Row* from) const;
  bool provoked(const Row& act, std::span<const Words> words) const;
  void take_out_provoked();
  /// Two ranks as one number, their order that of the pairs, in few bits: it is sorted digit by digit.
  std::uint64_t narrow_pair(AccountId first, AccountId second) const {
    return (std::uint64_t{first} << account_bits_) | second;
  }
  static std::uint32_t count_account_pairs(std::span<const Row> acts);
  void order_by_engager(std::span<Row> acts) const;

  Intake& intake_;
  const UndoSet& undos_;
  const AccountOrder& order_;
  const PersonNumbers& persons_;
  std::int64_t as_of_;
  std::int64_t provoked_seconds_;
  unsigned account_bits_;  ///< of the rank of an account
  DropCounts dropped_;

  base::Buffer<Row> acts_, room_;
  base::Buffer<KeyedRow> keyed_;
  PairSketch in_words_;  ///< (target, actor) of the rows in words, by the numbers that accounts have in the intake
  base::Buffer<Words> said_, words_;
  std::vector<std::span<const Row>> provoked_;  ///< of acts_, rising
};

}  // namespace renown::aggregate
