#include "instance/published.h"

#include <algorithm>
#include <iterator>

namespace renown::instance {

Result<Published> Published::load(PointStore& store) {
  Published published;
  auto run = store.latest();
  if (!run) return run.error();
  if (!*run) return published;
  published.run_ = std::move(*run);
  const auto current = store.current();
  if (!current) return current.error();
  published.cards_.reserve(current->size());
  published.moves_.reserve(current->size());
  for (const auto& [card, moves] : *current) {
    published.cards_.push_back(card);
    published.moves_.push_back(moves);
    if (card.card.score) published.raws_.push_back(card.card.raw);
  }
  std::ranges::sort(published.raws_);
  return published;
}

std::optional<std::size_t> Published::place_of(PersonId person) const {
  const auto found = std::ranges::lower_bound(cards_, person, {}, &PersonCard::person);
  if (found == cards_.end() || found->person != person) return std::nullopt;
  return static_cast<std::size_t>(found - cards_.begin());
}

const ScoreCard* Published::card(PersonId person) const {
  const auto place = place_of(person);
  return place ? &cards_[*place].card : nullptr;
}

ScoreMoves Published::moves(PersonId person) const {
  const auto place = place_of(person);
  return place ? moves_[*place] : ScoreMoves{};
}

std::optional<double> Published::percentile_here(double raw) const {
  if (raws_.size() < kLeastForPercentile) return std::nullopt;
  const auto above = std::ranges::upper_bound(raws_, raw);
  return 100.0 * static_cast<double>(above - raws_.begin()) / static_cast<double>(raws_.size());
}

Published Published::without(PersonId person) const {
  Published rest = *this;
  const auto place = place_of(person);
  if (!place) return rest;
  const auto offset = static_cast<std::ptrdiff_t>(*place);
  if (const ScoreCard& card = cards_[*place].card; card.score)
    rest.raws_.erase(std::ranges::lower_bound(rest.raws_, card.raw));
  rest.cards_.erase(rest.cards_.begin() + offset);
  rest.moves_.erase(rest.moves_.begin() + offset);
  return rest;
}

}  // namespace renown::instance
