/// Checks: what must hold for every attack, and what ought to.
#pragma once

#include <vector>

#include "attack/attack.h"

namespace renown::attack {

/// Promises (docs/scoring/promises.md), for each share:
/// bound   S is at most the bound of the attacked run; and where only unverified accounts were planted, at most the
///         bound that was printed before. To 1e-12 relative. Nothing to check where unprotected.
/// own     own acts gain nothing: with the farm list held, the raw score is the same, to 1e-12 relative.
///
/// Goals, where the scenarios that they speak of were run:
/// crowds  at 10 % verified a crowd buys somebody at p90 or p99 at most 5 points on average and 12 at most; at 2 % 12
///         and 16
/// bots    quote bots that draw the median rate and the reply bot end below the median person, on average; with an
///         audience of ordinary size posting every minute gains at most 1 point over posting every half hour
/// search  own acts do not change what the farm search finds
/// farms   of farms with 20 customers and more at least 99 % of the accounts are found, and of those found at least
///         99 % belong to one
std::vector<Check> check(const ShareReport& report, const std::vector<double>& percentiles);

}  // namespace renown::attack
