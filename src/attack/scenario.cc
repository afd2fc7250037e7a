#include "attack/scenario.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace renown::attack {
namespace {

constexpr std::array<std::string_view, 6> kMeansNames = {"crowd", "accomplices", "farm", "pod", "own", "bot"};

bool is_called(const Scenario& scenario, std::string_view name) {
  return name == "all" || scenario.name == name || scenario.name.starts_with(std::string(name) + "-") ||
         means_name(scenario.means) == name;
}

/// "once", "dripped", ...: what stands before the number, each once.
std::vector<std::string> short_names() {
  std::vector<std::string> names;
  for (const Scenario& scenario : all_scenarios()) {
    std::string name = scenario.name.substr(0, scenario.name.find_last_not_of("0123456789") + 1);
    if (name.ends_with('-')) name.pop_back();
    const bool named =
        std::ranges::find(names, name) != names.end() || std::ranges::find(kMeansNames, name) != kMeansNames.end();
    if (!named) names.push_back(name);
  }
  return names;
}

}  // namespace

std::string_view means_name(Means means) {
  return kMeansNames[static_cast<std::size_t>(means)];
}

const std::vector<Scenario>& all_scenarios() {
  static const std::vector<Scenario> scenarios = [] {
    std::vector<Scenario> all;
    for (auto part : {crowd_scenarios(), courting_scenarios(), accomplice_scenarios(), farm_scenarios(),
                      pod_scenarios(), own_act_scenarios(), bot_scenarios()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return scenarios;
}

Result<std::vector<Scenario>> choose_scenarios(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const bool known =
        std::ranges::any_of(all_scenarios(), [&](const Scenario& scenario) { return is_called(scenario, name); });
    if (!known) {
      return Error{ErrorCode::usage, fmt::format("--scenarios {}: there are all, {}, {}", name,
                                                 fmt::join(kMeansNames, ", "), fmt::join(short_names(), ", "))};
    }
  }
  std::vector<Scenario> chosen;
  for (const Scenario& scenario : all_scenarios()) {
    if (std::ranges::any_of(names, [&](const std::string& name) { return is_called(scenario, name); }))
      chosen.push_back(scenario);
  }
  return chosen;
}

}  // namespace renown::attack
