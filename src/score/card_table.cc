#include "score/card_table.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace renown::score {
namespace {

/// A number of each card that is 0 for most.
base::SparseArray<double> sparse(std::span<const CardNumbers> cards, double CardNumbers::* number) {
  base::RankedSet places(cards.size());
  for (std::size_t place = 0; place < cards.size(); ++place) {
    if (cards[place].*number != 0.0) places.add(place);
  }
  places.finish();
  base::SparseArray<double> result(std::move(places));
  for (std::size_t place = 0; place < cards.size(); ++place) {
    if (cards[place].*number != 0.0) result.put(place, cards[place].*number);
  }
  return result;
}

}  // namespace

PackedCards::PackedCards(CardTable cards)
    : vouched_(sparse(cards.values(), &CardNumbers::vouched)),
      half_width_(sparse(cards.values(), &CardNumbers::half_width)) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  main_.resize(cards.size());
  for (std::size_t place = 0; place < main_.size(); ++place) {
    const CardNumbers& card = cards.values()[place];
    const auto interactions = static_cast<std::uint32_t>(std::min(card.interactions, kMost));
    main_[place] = {card.raw, card.amplification, interactions, card.reach};
    if (card.interactions > kMost) many_interactions_[place] = card.interactions;
  }
  persons_ = std::move(cards).release_numbers();
}

CardNumbers PackedCards::operator[](aggregate::PersonId person) const {
  if (!persons_.contains(person)) return {};
  const std::size_t place = persons_.rank(person);
  const Main& main = main_[place];
  CardNumbers numbers{.raw = main.raw,
                      .vouched = vouched_[place],
                      .amplification = main.amplification,
                      .half_width = half_width_[place],
                      .interactions = main.interactions,
                      .reach = main.reach};
  if (const auto many = many_interactions_.find(place); many != many_interactions_.end())
    numbers.interactions = many->second;
  return numbers;
}

}  // namespace renown::score
