/// CardTable: the numbers of everybody who was engaged with, by person.
#pragma once

#include <utility>

#include "aggregate/rules.h"
#include "base/buffer.h"
#include "base/prefetch.h"
#include "base/ranked_set.h"
#include "score/card.h"

namespace renown::score {

/// Most people of a log only engage with others: they have no place here. About 48 bytes for each of the others.
class CardTable {
 public:
  CardTable() = default;
  /// persons  who have a place; their numbers hold anything at all until they are put()
  explicit CardTable(base::RankedSet persons) : persons_(std::move(persons)) { numbers_.resize(persons_.size()); }

  std::size_t size() const { return numbers_.size(); }

  /// Safe for several threads, each with other persons.
  void put(aggregate::PersonId person, const CardNumbers& numbers) { numbers_[persons_.rank(person)] = numbers; }

  /// Those of somebody with whom nobody engaged are all 0.
  const CardNumbers& operator[](aggregate::PersonId person) const {
    static constexpr CardNumbers kNobodyEngaged;
    return persons_.contains(person) ? numbers_[persons_.rank(person)] : kNobodyEngaged;
  }

  void prefetch(aggregate::PersonId person) const {
    if (persons_.contains(person)) base::prefetch(&numbers_[persons_.rank(person)]);
  }

 private:
  base::RankedSet persons_;
  base::Buffer<CardNumbers> numbers_;
};

}  // namespace renown::score
