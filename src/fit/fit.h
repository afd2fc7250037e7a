/// Fit: time, kind and network weights of a model, fitted to the last steps of a log's own past (docs/scoring/fit.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "renown/result.h"
#include "renown/score_model.h"

#include "aggregate/event_table.h"
#include "evaluate/split.h"
#include "fit/fit_measures.h"
#include "fit/search.h"
#include "pipeline/progress.h"
#include "pipeline/score_log.h"

namespace renown::fit {

struct FitRequest {
  double step_days = 0.0;  ///< length of the last complete step; 0: a fifth of the log before as_of, to two
                           ///< digits
  /// c0 / kappa of the fitted model, in (0, 1]; nothing: 0.2, but no more than makes c0 five people
  std::optional<double> room_base_share;
  std::size_t threads = 1;
};

/// How the fitted model and the best decayed count of engagers do on one step.
struct StepFigures {
  evaluate::Split split;
  double weight = 0.0;
  Figures best_simple;  ///< for each measure the best simple ranking, in hindsight
  Figures fitted;       ///< what the search found
  Figures simple;       ///< decayed distinct engagers with the half-life that the search found for them
};

struct FitResult {
  ScoreModel model;  ///< the base model with the fitted constants; without quantiles and with the base model's name
  double step_days = 0.0;
  SearchResult search;
  std::vector<StepFigures> steps;    ///< those it was fitted on
  std::optional<StepFigures> check;  ///< the last complete step, by constants fitted on steps before it; empty where
                                     ///< the log does not reach back so far
  bool fell_back = false;            ///< `check` was won by decayed distinct engagers: the model is that
  std::size_t farm_accounts = 0;     ///< found by the farm search of the base model; what they did was left out
};

/// c0 / kappa for an expected share of verified people (docs/decisions/0015-room-base-of-fitted-models.md).
double default_room_base_share(double verified_share);

/// Two to three times what the mean ratio of a fit differs by between draws of verified people.
inline constexpr double kBeatenBy = 0.02;

/// Whether decayed distinct engagers beat the fitted weights by more than chance does: the mean of their ratios to the
/// best simple ranking is larger by more than kBeatenBy.
bool simple_wins(const StepFigures& step);

/// Fits on two steps that both end at `as_of`: the last one, and its second half, which counts twice because the
/// tempo of now says more than that of before. Then fits once more on the two steps before the last, and has that
/// result and the best decayed count of engagers foretell the last step: if the count wins, the model is the count.
///
/// events  rows of any time; later ones are not looked at
/// errors  usage: a step outside the log or a share outside (0, 1]; not_enough_data: nothing came after the splits;
///         cancelled
Result<FitResult> fit_model(aggregate::EventTable events, const pipeline::LoadedLists& lists, const ScoreModel& base,
                            std::int64_t as_of, const FitRequest& request, pipeline::Progress& progress);

}  // namespace renown::fit
