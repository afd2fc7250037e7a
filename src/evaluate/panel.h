/// Panel: the people examined at a split, with what became of them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "evaluate/history.h"
#include "evaluate/outcomes.h"

namespace renown::evaluate {

/// Everybody who had received an act before the split. All vectors are by position in `people`.
struct Panel {
  std::vector<PersonId> people;
  std::array<std::vector<double>, kOutcomes> outcomes;
  std::vector<double> acts;             ///< received before the split
  std::vector<double> engagers;         ///< distinct, before the split
  std::vector<std::uint64_t> tie_keys;  ///< order of equals
};

Panel make_panel(const History& history, const Outcomes& outcomes, std::uint64_t seed);

/// The values of the people of a panel, of values by person.
std::vector<double> on_panel(const Panel& panel, std::span<const double> by_person);

}  // namespace renown::evaluate
