#include "common/drawn_snapshot.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "score/model_file.h"

namespace renown::bench {
namespace {

/// S of a score: the scale turned around.
double raw_of(const ScoreModel& model, double points) {
  const double top = std::log1p(model.scale_top / model.scale_unit);
  return model.scale_unit * std::expm1((points - 1.0) / 99.0 * top);
}

}  // namespace

score::Snapshot snapshot_of(std::span<const double> scores) {
  auto model = score::parse_model(score::shipped_model(score::kDefaultModel), score::kDefaultModel);
  if (!model) throw std::runtime_error(model.error().message);
  score::ScoreSheet::Parts parts;
  parts.model = std::move(*model);
  auto accounts = std::make_unique<aggregate::AccountTable>();
  // Digits in front, so that byte order is the order of numbers.
  for (std::size_t i = 0; i < scores.size(); ++i) accounts->intern("invented", fmt::format("{:09}", i));
  auto order = std::make_unique<aggregate::AccountOrder>(*accounts);
  parts.persons = aggregate::PersonNumbers(*accounts, *order, {});
  parts.names = aggregate::AccountNames(std::move(accounts), std::move(order));
  base::RankedSet everybody(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) everybody.add(i);
  everybody.finish();
  score::CardTable cards(std::move(everybody));
  for (aggregate::PersonId i = 0; i < scores.size(); ++i)
    cards.put(i, {.raw = raw_of(parts.model, scores[i]), .interactions = 1'000, .reach = 1'000});
  parts.ranking.resize(scores.size());
  std::iota(parts.ranking.begin(), parts.ranking.end(), 0u);
  std::ranges::stable_sort(parts.ranking, [&](auto a, auto b) { return cards[a].raw > cards[b].raw; });
  parts.numbers = score::PackedCards(std::move(cards));
  return score::Snapshot(score::ScoreSheet(std::move(parts)));
}

}  // namespace renown::bench
