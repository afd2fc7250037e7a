/// Stationary worlds and bursts, and how far scores move in them (docs/scoring/steadiness.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "renown/score_model.h"

#include "aggregate/event_table.h"
#include "evaluate/daily_moves.h"
#include "generate/world.h"

namespace renown::steadiness {

/// A world of constant rates that has lasted for one window before the first day that is measured.
struct StationaryWorld {
  std::uint64_t people = 2'000;
  double rows_a_person = 30;  ///< in one window of 180 days
  std::uint64_t days = 30;    ///< measured
  std::uint64_t seed = 1;
};

inline constexpr std::int64_t kStart = 1'704'067'200;  ///< 2024-01-01
inline constexpr std::uint64_t kBurnInDays = 180;

generate::World make_world(const StationaryWorld& world);
aggregate::EventTable rows_of(const generate::World& world);

/// verified_share  of all accounts, drawn at random; 0: no list, so unprotected
evaluate::DailyMoves moves_in(const StationaryWorld& world, const ScoreModel& model, double verified_share,
                              std::size_t threads);

/// A person whom `people` engage within one hour, once each, and nobody before or after. Every tenth is verified where
/// `verified`.
///
/// returns  the score at that hour's end and each of the 180 days after it; 1 where there is none
std::vector<double> burst_scores(std::uint64_t people, bool verified, const ScoreModel& model, std::size_t threads);

}  // namespace renown::steadiness
