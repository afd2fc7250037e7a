/// Past: one step of a log's own past, as a candidate is tried on it.
#pragma once

#include <cstdint>
#include <vector>

#include "renown/score_model.h"

#include "aggregate/event_table.h"
#include "aggregate/pair_tally.h"
#include "evaluate/panel.h"
#include "evaluate/split.h"
#include "fit/fit_measures.h"
#include "pipeline/score_log.h"

namespace renown::fit {

/// An engager and a target before the split; `pair` is its place in the tally.
struct PastPair {
  std::uint32_t position = 0;  ///< of the target in the panel
  bool verified = false;       ///< the engager is
  std::uint64_t pair = 0;
  double age_days = 0.0;
  double span_days = 0.0;
};

struct Past {
  evaluate::Split split;
  bool is_protected = false;
  aggregate::Acts log;  ///< names; the acts stand in `tally`
  aggregate::PairTally tally;
  std::vector<PastPair> pairs;  ///< engagers inside the window
  /// Where there is a list of verified people, only they count as engagers after the split: what a farm does there
  /// teaches nothing.
  evaluate::Panel panel;
  Figures best_simple{};  ///< of counts of engagers and of acts, decayed or not: for each measure the best of them
};

/// events  with accounts in order; rows of any time.  `lists` must outlive the result
Past make_past(const aggregate::EventTable& events, const pipeline::LoadedLists& lists, const ScoreModel& model,
               const evaluate::Split& split, std::size_t threads);

/// max(a_n * w_kind) over the acts inside the window, by place in `past.pairs`.
std::vector<double> act_weights(const Past& past, const ScoreModel& model);

}  // namespace renown::fit
