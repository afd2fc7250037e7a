/// Pods: real people of the log who agree to engage each other every day.

#include <fmt/format.h>

#include "attack/scenario.h"
#include "base/time.h"

namespace renown::attack {
namespace {

constexpr double kDays = 30.0;

/// size  members, the target among them
void engage_each_other(Plot& plot, std::size_t size, bool unverified_only) {
  std::vector<AccountId> members = plot.company(size - 1, unverified_only);
  members.push_back(plot.target());
  const std::size_t days = plot.days(kDays);
  for (const AccountId member : members) {
    for (const AccountId other : members) {
      if (member == other) continue;
      for (std::size_t day = 0; day < days; ++day)
        plot.act(member, other,
                 plot.within(base::kSecondsPerDay) - static_cast<std::int64_t>(day) * base::kSecondsPerDay, Kind::like);
    }
  }
}

Scenario pod(std::size_t size, bool unverified_only) {
  return {.name = fmt::format("pod-{}{}", unverified_only ? "unverified-" : "", size),
          .description =
              fmt::format("{} {} who like each other every day for 30 days", size,
                          unverified_only ? "unverified people" : "people, as many of them verified as in the log"),
          .means = unverified_only ? Means::crowd : Means::pod,
          .plant = [size, unverified_only](Plot& plot) { engage_each_other(plot, size, unverified_only); }};
}

}  // namespace

std::vector<Scenario> pod_scenarios() {
  return {pod(10, false), pod(20, false), pod(50, false), pod(10, true), pod(50, true)};
}

}  // namespace renown::attack
