/// Published: the last run's cards, held in memory for whoever asks.
///
/// Never changes once it is made, so any number of threads may read it while the next one is being made.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "renown/result.h"

#include "instance/person_card.h"
#include "instance/point_store.h"

namespace renown::instance {

/// How far the points moved, later minus earlier; empty where there is no earlier run of this model, or no score.
struct ScoreMoves {
  std::optional<double> day, week, month;
};

class Published {
 public:
  static constexpr std::size_t kLeastForPercentile = 100;  ///< scored people; of fewer no share says much (D8)

  Published() = default;  ///< nothing was published yet

  /// The last run of a store. Cost: its cards, and those of three earlier runs. errors  of the store
  static Result<Published> load(PointStore& store);

  const std::optional<PublishedRun>& run() const { return run_; }

  /// Null where the person has none: nobody engaged, or not known. Cost: one look-up.
  const ScoreCard* card(PersonId person) const;
  ScoreMoves moves(PersonId person) const;

  /// Share of the scored people here, in percent, whose raw score is at or below that one.
  std::optional<double> percentile_here(double raw) const;

  /// By person number.
  const std::vector<PersonCard>& cards() const { return cards_; }

  /// Without one person, who was erased or opted out since.
  Published without(PersonId person) const;

 private:
  void index();

  std::optional<PublishedRun> run_;
  std::vector<PersonCard> cards_;
  std::unordered_map<PersonId, std::size_t> place_;
  std::array<std::unordered_map<PersonId, double>, 3> earlier_;  ///< points a day, a week, a month before
  std::vector<double> raws_;                                     ///< of scored people, rising
};

}  // namespace renown::instance
