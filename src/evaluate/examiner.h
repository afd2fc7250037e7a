/// Examiner: every measure of one score on one panel, also on samples of it.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "evaluate/measures.h"
#include "evaluate/panel.h"
#include "evaluate/ranking.h"

namespace renown::evaluate {

/// What is measured for every outcome; measures.h has the formulas.
enum class Measure : std::uint8_t {
  spearman,          ///< over everybody
  spearman_engaged,  ///< over those with at least kEngaged distinct engagers before the split
  kendall,           ///< tau-b over everybody
  ndcg_100,          ///< gain ln(1 + outcome): the largest outcomes do not decide alone
  ndcg_1000,         ///< the same
  ndcg_100_linear,   ///< gain = outcome
  ndcg_1000_linear,  ///< the same
  precision_100,
  partial,  ///< Spearman over everybody with the acts before the split held
};

inline constexpr std::size_t kMeasures = 9;
inline constexpr std::array<std::string_view, kMeasures> kMeasureNames = {
    "spearman",        "spearman_5_engagers", "kendall_tau_b", "ndcg_100",        "ndcg_1000",
    "ndcg_100_linear", "ndcg_1000_linear",    "precision_100", "partial_spearman"};
inline constexpr double kEngaged = 5.0;

/// Figures by outcome and measure; NaN where there is none.
using Sheet = std::array<std::array<double, kMeasures>, kOutcomes>;
Sheet empty_sheet();

/// A score on a panel, ranked once.
struct RankedScore {
  Ranking all;
  Ranking engaged;
};

/// A sample of a panel, with what is the same for every score.
struct Sample {
  Copies all;
  Copies engaged;
  std::array<CentredRanks, kOutcomes> outcomes;
  std::array<CentredRanks, kOutcomes> engaged_outcomes;
  CentredRanks volume;
  std::array<std::optional<double>, kOutcomes> outcome_and_volume;  ///< Spearman
};

class Examiner {
 public:
  /// `panel` must outlive the examiner.
  explicit Examiner(const Panel& panel);

  /// values  by position of the panel, not NaN;  O(n log n)
  RankedScore rank(std::span<const double> values) const;

  /// Everybody once.
  Sample whole() const;
  /// O(n) for each outcome.
  Sample sample(Copies copies) const;

  /// All measures of a score on a sample; O(n log m) for outcomes of m different values.
  Sheet examine(const RankedScore& score, const Sample& sample) const;

 private:
  const Panel& panel_;
  std::vector<std::uint32_t> engaged_;  ///< positions
  std::vector<std::uint64_t> engaged_tie_keys_;
  std::array<Ranking, kOutcomes> outcomes_;
  std::array<std::vector<double>, kOutcomes> log_gains_;
  std::array<Ranking, kOutcomes> engaged_outcomes_;
  Ranking volume_;
};

}  // namespace renown::evaluate
