/// Daily moves: how far scores move from one day to the next (docs/scoring/steadiness.md).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "renown/result.h"
#include "renown/score_model.h"

#include "aggregate/event_table.h"
#include "pipeline/progress.h"
#include "pipeline/score_log.h"

namespace renown::evaluate {

/// Sizes of moves, whichever way they go. 0 where there are none.
struct MoveSizes {
  std::uint64_t person_days = 0;  ///< moves measured: a person from one day to the next
  double mean = 0.0;              ///< points
  double p99 = 0.0;               ///< points: the least size that 99 % of the moves do not exceed
  double largest = 0.0;           ///< points
};

/// Engagers in the window from which a group of by_engagers begins; the first is the coverage floor of renown-0.1.
inline constexpr std::array<std::uint64_t, 6> kMoveGroups = {3, 6, 11, 31, 101, 1001};

/// Only person-days with a score on both days count. A person-day is quiet if no act on the person came or was
/// withdrawn between the two days: what moves then is fading, and the standing of those who engaged before.
struct DailyMoves {
  MoveSizes all;
  MoveSizes quiet;           ///< quiet person-days, leaving bursts left out
  MoveSizes fresh_bursts;    ///< those in `quiet` of persons whom more than 300 people engaged in the three days before
  MoveSizes leaving_bursts;  ///< quiet, and more than 300 engagers are in their last three nights in the window
  std::array<MoveSizes, kMoveGroups.size()> by_engagers;  ///< `all` by distinct engagers in the window on the first day

  std::uint64_t scores_gained = 0;  ///< person-days from no score to one: the third engager came
  std::uint64_t scores_lost = 0;    ///< person-days from a score to none: it left the window
};

inline constexpr std::uint64_t kBurstEngagers = 300;
inline constexpr std::int64_t kBurstDays = 3;

/// Scores the same rows at first_as_of and at the same time of each of the `days` days after it, and compares
/// neighbours. Costs days + 1 scorings and 8 bytes a person-day.
///
/// events  rows of any time; later than a day's as_of they wait, as in any scoring
/// days    moves measured per person, >= 1
/// errors  usage for days = 0; cancelled
Result<DailyMoves> daily_moves(aggregate::EventTable events, const pipeline::LoadedLists& lists,
                               const ScoreModel& model, std::int64_t first_as_of, std::size_t days, std::size_t threads,
                               pipeline::Progress& progress);

/// The sizes of these moves, which it sorts in part.
MoveSizes move_sizes(std::span<double> moves);

}  // namespace renown::evaluate
