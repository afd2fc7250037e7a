/// Everyday: the rows of a world that nobody planned: people who act, act again, answer, and react to shocks.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "renown/interaction.h"

#include "generate/communities.h"
#include "generate/draws.h"
#include "generate/habits.h"
#include "generate/shuffle.h"
#include "generate/timetable.h"

namespace renown::generate {

/// One act before it has names.
struct Deed {
  PersonNumber actor = 0;
  PersonNumber target = 0;  ///< never the actor
  Kind kind = Kind::like;
};

/// A deed, when it was done, and when the post was written that it reacts to: deeds with the same target and the same
/// such time are on one post.
struct Act {
  Deed deed;
  std::int64_t time = 0;       ///< unix seconds, like the next
  std::int64_t post_time = 0;  ///< before `time`
};

/// Rows 0 ... rows - 1 in order of time, each a function of its number. What follows an earlier row up derives that row
/// again, and of it only what is needed: about 1.7 rows are looked at for one. Many rows are derived step by step, each
/// step for all of them: the steps have few branches that a processor could not foresee, which is most of the speed.
class Everyday {
 public:
  /// The arguments as in WorldOptions, already checked.
  Everyday(const Draws& draws, std::uint64_t people, std::int64_t start, std::uint64_t days, std::uint64_t rows,
           bool stationary);

  /// The acts of rows first ... first + acts.size() - 1, of which there should be some hundreds for speed.
  void acts(std::uint64_t first, std::span<Act> acts) const;
  Act act(std::uint64_t row) const;

  const Timetable& timetable() const { return timetable_; }
  const Communities& communities() const { return communities_; }

 private:
  using Moment = Timetable::Moment;
  using Rows = std::vector<std::uint64_t>;

  /// A row that is an effect of an earlier one.
  struct Effect {
    std::uint32_t index;  ///< of the row among those that are derived
    std::uint64_t cause;  ///< the earlier row
  };
  using Effects = std::vector<Effect>;

  /// Rows by what they come from.
  struct Sorted {
    std::vector<std::uint32_t> of_shocks, fresh;
    Effects answers;  ///< the roles change
    Effects pairs;    ///< again on the same person
    Effects actors;   ///< again, on another person
  };

  /// Whom a shock happens to: in each of the communities it concerns to one person.
  struct ShockPlace {
    std::uint64_t community;  ///< the first of them
    double who;               ///< popularity of the persons, as a draw
  };

  void place_shocks();
  bool is_of_shock(std::uint64_t row, const Moment& moment) const;
  Sorted sort(std::span<const std::uint64_t> rows, std::span<const Moment> moments) const;
  void derive(std::span<const std::uint64_t> rows, std::span<const Moment> moments, std::span<Deed> deeds,
              std::size_t whole) const;
  std::vector<Kind> kinds(const Rows& rows) const;
  Effects answered(std::span<const std::uint64_t> rows, std::span<const Moment> moments, const Effects& tries) const;
  std::vector<Moment> moments_of(std::span<const std::uint64_t> rows) const;
  std::vector<std::int64_t> rows_before(std::span<const std::uint64_t> rows, std::span<const Moment> moments,
                                        const Effects& effects, double mu, double sigma) const;
  Deed of_shock(std::uint64_t row, const Moment& moment) const;
  PersonNumber active_person(std::uint64_t row) const;
  void choose_actors(std::span<const std::uint64_t> rows, std::span<const std::uint32_t> which,
                     std::span<Deed> deeds) const;
  void choose_targets(std::span<const std::uint64_t> rows, std::span<const std::uint32_t> which,
                      std::span<Deed> deeds) const;
  Kind fresh_kind(std::uint64_t row) const;

  std::uint64_t people_;
  std::uint64_t shock_communities_;  ///< that one shock concerns
  bool stationary_;
  Habits habits_;
  Draws draws_;
  Timetable timetable_;
  Communities communities_;
  RankLaw activity_;                ///< ranks by how much a person acts
  Shuffle by_activity_;             ///< from such a rank to a person
  std::vector<ShockPlace> shocks_;  ///< by number of the timetable's shocks
};

/// When the post was written to which somebody reacts at `time`, for the draw of that index. Everyday rows have theirs
/// from many draws at once.
std::int64_t post_time(const Draws& draws, std::uint64_t index, std::int64_t time);

}  // namespace renown::generate
