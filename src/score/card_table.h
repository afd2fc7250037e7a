/// The numbers of everybody who was engaged with, by person: while they are made, and as they are kept.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "aggregate/rules.h"
#include "base/buffer.h"
#include "base/prefetch.h"
#include "base/ranked_set.h"
#include "base/sparse_array.h"
#include "score/card.h"

namespace renown::score {

/// Most people of a log only engage with others: they have no place here.
using CardTable = base::SparseArray<CardNumbers>;

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

  base::RankedSet persons_;
  base::Buffer<Main> main_;                                           ///< by place: the rank of the person
  base::SparseArray<double> vouched_, half_width_;                    ///< likewise
  std::unordered_map<std::size_t, std::uint64_t> many_interactions_;  ///< likewise, where 32 bits are too few
};

}  // namespace renown::score
