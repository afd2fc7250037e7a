#include "instance/published.h"

#include <algorithm>

#include "base/time.h"

namespace renown::instance {
namespace {

constexpr std::array<std::int64_t, 3> kDaysBefore = {1, 7, 30};

}  // namespace

Result<Published> Published::load(PointStore& store) {
  Published published;
  auto run = store.latest();
  if (!run) return run.error();
  if (!*run) return published;
  published.run_ = std::move(*run);
  auto cards = store.cards(published.run_->number);
  if (!cards) return cards.error();
  published.cards_ = std::move(*cards);
  published.index();
  for (std::size_t i = 0; i < kDaysBefore.size(); ++i) {
    const auto before =
        store.run_at(published.run_->model, published.run_->as_of - kDaysBefore[i] * base::kSecondsPerDay);
    if (!before) return before.error();
    if (!*before) continue;
    const auto then = store.cards((*before)->number);
    if (!then) return then.error();
    for (const auto& [person, card] : *then) {
      if (card.score) published.earlier_[i].emplace(person, *card.score);
    }
  }
  return published;
}

void Published::index() {
  std::ranges::sort(cards_, {}, &PersonCard::person);
  place_.clear();
  raws_.clear();
  for (std::size_t i = 0; i < cards_.size(); ++i) {
    place_.emplace(cards_[i].person, i);
    if (cards_[i].card.score) raws_.push_back(cards_[i].card.raw);
  }
  std::ranges::sort(raws_);
}

const ScoreCard* Published::card(PersonId person) const {
  const auto found = place_.find(person);
  return found == place_.end() ? nullptr : &cards_[found->second].card;
}

ScoreMoves Published::moves(PersonId person) const {
  const ScoreCard* now = card(person);
  const auto since = [&](std::size_t i) -> std::optional<double> {
    const auto then = earlier_[i].find(person);
    if (now == nullptr || !now->score || then == earlier_[i].end()) return std::nullopt;
    return *now->score - then->second;
  };
  return {since(0), since(1), since(2)};
}

std::optional<double> Published::percentile_here(double raw) const {
  if (raws_.size() < kLeastForPercentile) return std::nullopt;
  const auto above = std::ranges::upper_bound(raws_, raw);
  return 100.0 * static_cast<double>(above - raws_.begin()) / static_cast<double>(raws_.size());
}

Published Published::without(PersonId person) const {
  Published rest = *this;
  std::erase_if(rest.cards_, [&](const PersonCard& each) { return each.person == person; });
  for (auto& earlier : rest.earlier_) earlier.erase(person);
  rest.index();
  return rest;
}

}  // namespace renown::instance
