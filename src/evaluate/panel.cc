#include "evaluate/panel.h"

namespace renown::evaluate {

std::vector<double> on_panel(const Panel& panel, std::span<const double> by_person) {
  std::vector<double> values;
  values.reserve(panel.people.size());
  for (const PersonId person : panel.people) values.push_back(by_person[person]);
  return values;
}

Panel make_panel(const History& history, const Outcomes& outcomes, std::uint64_t seed) {
  Panel panel;
  panel.people = population(history);
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome)
    panel.outcomes[outcome] = on_panel(panel, outcomes.by_person[outcome]);
  panel.acts = on_panel(panel, history.acts);
  panel.engagers = on_panel(panel, history.engagers);
  const std::vector<std::uint64_t> keys = tie_keys(history.log, seed);
  for (const PersonId person : panel.people) panel.tie_keys.push_back(keys[person]);
  return panel;
}

}  // namespace renown::evaluate
