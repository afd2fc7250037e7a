/// Habits: how much people act, and what follows what, in a world's everyday rows.
#pragma once

namespace renown::generate {

/// Shares are of the rows that are not due to a shock.
struct Habits {
  double activity;        ///< sent rows: rank^-activity makes a distribution k^-(1 + 1/activity), before repeats
  double activity_shift;  ///< ranks: the larger, the flatter the head
  double same_pair;       ///< again on the same person
  double same_actor;      ///< again, on another person
  double answers;         ///< tries to answer an earlier row; most give up, by its kind
  double gap_mu;          ///< of ln seconds since the act that is followed up
  double gap_sigma;

  double follow_ups() const { return same_pair + same_actor; }
};

/// Those of stationary worlds: the figures of docs/scoring/steadiness.md are about them, so they stay.
inline constexpr Habits kSteadyHabits = {.activity = 0.62,
                                         .activity_shift = 3.0,
                                         .same_pair = 0.085,
                                         .same_actor = 0.30,
                                         .answers = 0.14,
                                         .gap_mu = 4.90,
                                         .gap_sigma = 2.40};

/// Those of all others, fitted to the Higgs week (docs/generate.md has wanted and measured).
inline constexpr Habits kHabits = {.activity = 0.74,
                                   .activity_shift = 3.0,
                                   .same_pair = 0.092,
                                   .same_actor = 0.40,
                                   .answers = 0.14,
                                   .gap_mu = 6.00,
                                   .gap_sigma = 2.30};

}  // namespace renown::generate
