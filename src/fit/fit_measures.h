/// FitMeasures: the three figures of the exam that a fit goes by, quick enough to be taken thousands of times.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "evaluate/panel.h"

namespace renown::fit {

inline constexpr std::size_t kFitMeasures = 3;
inline constexpr std::array<std::string_view, kFitMeasures> kFitMeasureNames = {"spearman_5_engagers", "ndcg_1000",
                                                                                "reach_ndcg_100"};

/// In the order of kFitMeasureNames; NaN where a measure has no meaning.
using Figures = std::array<double, kFitMeasures>;

/// Spearman over those with at least 5 engagers and NDCG@1000 on later distinct reposters (on later distinct engagers
/// where nobody was reposted), NDCG@100 on reach (none where nobody was reposted); evaluate/measures.h has the
/// formulas.
class FitMeasures {
 public:
  explicit FitMeasures(const evaluate::Panel& panel);

  /// values  by position of the panel, not NaN; O(n)
  Figures operator()(std::span<const double> values) const;

  /// Whether any measure has a meaning.
  bool any() const;

 private:
  double spearman(std::span<const double> values) const;

  const evaluate::Panel& panel_;
  std::vector<std::uint32_t> engaged_;  ///< positions of those with at least 5 engagers
  std::vector<double> engaged_ranks_;   ///< centred midranks of their outcomes
  double engaged_squares_ = 0.0;
  std::vector<double> gains_, reach_gains_;  ///< ln(1 + outcome), by position
  double ideal_ = 0.0, reach_ideal_ = 0.0;   ///< what the best order would gain
};

/// Each figure divided by that of the best simple ranking; NaN where one has no meaning.
Figures ratios(const Figures& figures, const Figures& simple);

/// The least of them: a fit is as good as what it does worst. NaN where there is none.
double worst(const Figures& ratios);

/// Their mean, of those that have a meaning. NaN where there is none.
double mean(const Figures& ratios);

}  // namespace renown::fit
