/// Published: the last run's cards, held in memory for whoever asks.
///
/// Never changes once it is made, so any number of threads may read it while the next one is being made.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "renown/result.h"

#include "instance/person_card.h"
#include "instance/point_store.h"

namespace renown::instance {

class Published {
 public:
  static constexpr std::size_t kLeastForPercentile = 100;  ///< scored people; of fewer no share says much (D8)

  Published() = default;  ///< nothing was published yet

  /// The last run of a store. Cost: its cards. errors  of the store
  static Result<Published> load(PointStore& store);

  const std::optional<PublishedRun>& run() const { return run_; }

  /// Null where the person has none: nobody engaged, or not known. Cost: a search among the cards.
  const ScoreCard* card(PersonId person) const;
  ScoreMoves moves(PersonId person) const;

  /// Share of the scored people here, in percent, whose raw score is at or below that one.
  std::optional<double> percentile_here(double raw) const;

  /// By person number.
  const std::vector<PersonCard>& cards() const { return cards_; }

  /// Without one person, who was erased or opted out since.
  Published without(PersonId person) const;

 private:
  std::optional<std::size_t> place_of(PersonId person) const;

  std::optional<PublishedRun> run_;
  std::vector<PersonCard> cards_;
  std::vector<ScoreMoves> moves_;  ///< at the place of the card
  std::vector<double> raws_;       ///< of scored people, rising
};

}  // namespace renown::instance
