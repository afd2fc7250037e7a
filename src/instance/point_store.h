/// PointStore: what was published: runs, and every person's card in each (points.sqlite).
///
/// Published points are facts (P8): nothing here is recomputed, or changed but by an erase.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "renown/result.h"

#include "instance/person_card.h"
#include "store/database.h"

namespace renown::instance {

/// How far the points moved, later minus earlier; empty where there is no earlier run of this model, or no score.
struct ScoreMoves {
  std::optional<double> day, week, month;
};

struct CurrentCard {
  PersonCard card;
  ScoreMoves moves;
};

/// Not for use by two threads at once.
class PointStore {
 public:
  /// Makes the store where there is none. errors  io; bad_input for a damaged store, or one of a newer Renown
  static Result<PointStore> open(const std::string& path);

  /// Publishes a run with its cards, all or nothing. returns  its number
  Result<std::int64_t> publish(const PublishedRun& run, std::span<const PersonCard> cards);

  /// The run that was published last; nothing before the first.
  Result<std::optional<PublishedRun>> latest();

  /// The last run of that model with as_of at or before a time.
  Result<std::optional<PublishedRun>> run_at(const std::string& model, std::int64_t as_of);

  /// Newest first, those before run `before` (0: all).
  Result<std::vector<PublishedRun>> runs(std::int64_t before, std::size_t most);

  /// The cards of the last run, by person, with how they moved. Cost: a read of these alone, however many runs there
  /// were: about 1 us a person.
  Result<std::vector<CurrentCard>> current();

  /// Of each as_of from `since` on the run published last; the oldest first.
  Result<std::vector<HistoryPoint>> history(PersonId person, std::int64_t since);

  /// Everybody who ever had a card, by number. Cost: some us a person, however many runs there were.
  Result<std::vector<PersonId>> people();

  /// Everything about a person; no byte is left.
  Result<void> erase(PersonId person);

 private:
  explicit PointStore(store::Database database) : database_(std::move(database)) {}
  Result<void> make_current();

  store::Database database_;
};

}  // namespace renown::instance
