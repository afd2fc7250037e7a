/// Measures: how well a score foretells an outcome (docs/scoring/evaluation.md has each formula). Numbers in, numbers
/// out.
///
/// Each comes twice: over plain values, and over rankings made before with the copies of a bootstrap sample. Both give
/// the same for a sample in which everybody stands once. Nothing where a measure has no meaning: fewer than two people,
/// all values equal, no outcome above 0.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "evaluate/ranking.h"

namespace renown::evaluate {

/// Spearman's rho: Pearson's correlation of midranks.
std::optional<double> spearman(std::span<const double> x, std::span<const double> y);
std::optional<double> spearman(const CentredRanks& x, const CentredRanks& y, const Copies& copies);

/// rho of x and y with a third value held: (r_xy - r_xz r_yz) / sqrt((1 - r_xz^2) (1 - r_yz^2)), all three Spearman's.
/// With z the logarithm of the acts before the split it says what a score knows beyond volume; ranks are those of the
/// plain count. Nothing where x or y ranks as z does.
std::optional<double> partial(std::optional<double> r_xy, std::optional<double> r_xz, std::optional<double> r_yz);

/// Kendall's tau-b: (concordant - discordant) / sqrt((pairs not tied in x) (pairs not tied in y)). O(n log n).
/// Two copies of a person are a pair that is tied in both.
std::optional<double> kendall_tau_b(std::span<const double> x, std::span<const double> y);
std::optional<double> kendall_tau_b(const Ranking& x, const Ranking& y, const Copies& copies);

/// NDCG@k: the sum over the first k in order of the score of gain / log2(rank + 1), divided by the same sum in order of
/// the outcome. Ties in the order go by their keys.
///
/// gains  by position, >= 0, never falling with the outcome: ln(1 + outcome), or the outcome itself
std::optional<double> ndcg(const Ranking& score, const Ranking& outcome, std::span<const double> gains,
                           const Copies& copies, std::size_t k);

/// Share of the first k by score that is among the first k by outcome, with an outcome above 0; of all people where
/// there are fewer than k. Ties go by their keys.
std::optional<double> precision(const Ranking& score, const Ranking& outcome, std::span<const double> outcomes,
                                const Copies& copies, std::size_t k);

/// R^2 of a straight line through (x, y): the square of Pearson's correlation.
std::optional<double> r_squared(std::span<const double> x, std::span<const double> y);

}  // namespace renown::evaluate
