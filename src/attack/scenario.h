/// Scenario: one way of buying or faking attention.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "attack/plot.h"

namespace renown::attack {

/// What a scenario works with, and so what may be expected of it.
enum class Means : std::uint8_t {
  crowd,        ///< accounts that nobody verified
  accomplices,  ///< verified people who join in
  farm,         ///< a crowd that serves many customers
  pod,          ///< real people who engage each other
  own,          ///< acts of the target alone
  bot,          ///< an account that does not exist yet
};

std::string_view means_name(Means means);

struct Scenario {
  std::string name;         ///< "once-1000"
  std::string description;  ///< one line
  Means means = Means::crowd;
  std::size_t customers = 1;    ///< targets that share one plot
  bool needs_verified = false;  ///< makes no sense where nobody is verified
  std::function<void(Plot&)> plant;
  std::string family = {};  ///< scenarios of one family draw the same: only what they are about differs
};

/// Every scenario, in the order of the report.
const std::vector<Scenario>& all_scenarios();

/// The scenarios of some names, in the order of the report: "all", a scenario, the beginning of several before a dash
/// ("once" for once-10 to once-10000), or one of the means. errors  usage, naming the one that is unknown
Result<std::vector<Scenario>> choose_scenarios(const std::vector<std::string>& names);

// The parts of all_scenarios().
std::vector<Scenario> crowd_scenarios();
std::vector<Scenario> courting_scenarios();
std::vector<Scenario> accomplice_scenarios();
std::vector<Scenario> farm_scenarios();
std::vector<Scenario> pod_scenarios();
std::vector<Scenario> own_act_scenarios();
std::vector<Scenario> bot_scenarios();

/// `count` new accounts that each act once on the target in the last hour: what most scenarios build on.
void act_once(Plot& plot, std::size_t count);

}  // namespace renown::attack
