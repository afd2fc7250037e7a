/// The numbers of everybody who was engaged with, by person: while they are made, and as they are kept.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>

#include "aggregate/rules.h"
#include "base/buffer.h"
#include "base/prefetch.h"
#include "base/ranked_set.h"
#include "score/card.h"

namespace renown::score {

/// Most people of a log only engage with others: they have no place here.
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

 private:
  friend class PackedCards;

  base::RankedSet persons_;
  base::Buffer<CardNumbers> numbers_;
};

/// The same, in about 28 bytes for each who was engaged with: what is 0 for most takes no room.
class PackedCards {
 public:
  PackedCards() = default;
  explicit PackedCards(CardTable cards);

  /// Those of somebody with whom nobody engaged are all 0.
  CardNumbers operator[](aggregate::PersonId person) const;

  void prefetch(aggregate::PersonId person) const {
    if (persons_.contains(person)) base::prefetch(&main_[persons_.rank(person)]);
  }

 private:
  struct Main {
    double raw;
    double amplification;
    std::uint32_t interactions;
    std::uint32_t reach;
  };
  /// A number of each card that is 0 for most.
  class Sparse {
   public:
    Sparse() = default;
    Sparse(const base::Buffer<CardNumbers>& cards, double CardNumbers::* number);
    double operator[](std::size_t place) const { return places_.contains(place) ? values_[places_.rank(place)] : 0.0; }

   private:
    base::RankedSet places_;
    base::Buffer<double> values_;
  };

  base::RankedSet persons_;
  base::Buffer<Main> main_;
  Sparse vouched_, half_width_;
  std::unordered_map<std::size_t, std::uint64_t> many_interactions_;  ///< by place, where 32 bits are too few
};

}  // namespace renown::score
