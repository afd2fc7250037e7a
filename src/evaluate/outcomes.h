/// Outcomes: what became of people after a split.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "evaluate/history.h"
#include "evaluate/split.h"

namespace renown::evaluate {

enum class Outcome : std::uint8_t {
  engagers,      ///< distinct persons who engaged with them after the split
  reposters,     ///< of these, those who reposted or quoted
  reach,         ///< the sum over later reposters of 1 + that reposter's own later distinct reposters
  new_engagers,  ///< later engagers who had not engaged with them before the split
};

inline constexpr std::size_t kOutcomes = 4;
inline constexpr std::array<std::string_view, kOutcomes> kOutcomeNames = {"engagers", "reposters", "reach",
                                                                          "new_engagers"};

struct Outcomes {
  std::array<std::vector<double>, kOutcomes> by_person;
  std::uint64_t acts = 0;  ///< in [split, until)

  const std::vector<double>& of(Outcome outcome) const { return by_person[static_cast<std::size_t>(outcome)]; }
};

/// history  as of the split
/// whole    acts before split.until, or a later time: the same rules over a longer log, so that a reply provoked before
///          the split is still provoked after it
/// counted  by person: whether they count as engagers; null: everybody. A list of verified people keeps bought
///          attention out of the outcomes.
Outcomes outcomes_after(const History& history, const aggregate::Acts& whole, const Split& split,
                        const std::vector<bool>* counted = nullptr);

}  // namespace renown::evaluate
