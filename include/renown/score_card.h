/// ScoreCard: what a person is told.
#pragma once

#include <cstdint>
#include <optional>

namespace renown {

/// Points are in 1..100, raw values count "fresh distinct people who engaged, as far as we can vouch for them".
/// Empty means not known, never zero: too few engagers, or no list of verified people.
struct ScoreCard {
  std::optional<double> score;          ///< P(S); empty below the coverage floor
  std::optional<double> vouched_score;  ///< P(V); empty below the floor, and where unprotected
  std::optional<double> percentile;     ///< against the model's reference log, 0..100; empty below the floor
  double raw = 0.0;                     ///< S
  std::optional<double> vouched_raw;    ///< V; empty where unprotected
  std::uint64_t reach = 0;              ///< distinct engagers in the window, not faded
  double amplification = 0.0;           ///< S of reposts and quotes alone
  std::uint64_t interactions = 0;       ///< acts received and kept, of any age
  double coverage = 0.0;                ///< min(1, reach / minimum_engagers)
  std::optional<double> score_low;      ///< lower end of the interval; empty below the floor
  std::optional<double> score_high;     ///< upper end
  std::optional<double> bound_raw;  ///< V + C: no number of unverified accounts lifts S above; empty where unprotected
  std::optional<double> bound_score;  ///< P(V + C); empty below the floor, and where unprotected
};

}  // namespace renown
