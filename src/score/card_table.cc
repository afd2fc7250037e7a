#include "score/card_table.h"

#include <algorithm>
#include <limits>

namespace renown::score {

PackedCards::Sparse::Sparse(const base::Buffer<CardNumbers>& cards, double CardNumbers::* number)
    : places_(cards.size()) {
  for (std::size_t place = 0; place < cards.size(); ++place) {
    if (cards[place].*number != 0.0) places_.add(place);
  }
  places_.finish();
  values_.reserve(places_.size());
  for (const CardNumbers& card : cards) {
    if (card.*number != 0.0) values_.push_back(card.*number);
  }
}

PackedCards::PackedCards(CardTable cards)
    : persons_(std::move(cards.persons_)),
      vouched_(cards.numbers_, &CardNumbers::vouched),
      half_width_(cards.numbers_, &CardNumbers::half_width) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  main_.resize(cards.numbers_.size());
  for (std::size_t place = 0; place < main_.size(); ++place) {
    const CardNumbers& card = cards.numbers_[place];
    const auto interactions = static_cast<std::uint32_t>(std::min(card.interactions, kMost));
    main_[place] = {card.raw, card.amplification, interactions, card.reach};
    if (card.interactions > kMost) many_interactions_[place] = card.interactions;
  }
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
