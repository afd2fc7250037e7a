/// Accomplices: verified people who really engage with the target, because they were asked or paid to.
/// They raise V, and so the room for everybody else: the printed bound of before does not hold for them.

#include <fmt/format.h>

#include "attack/scenario.h"

namespace renown::attack {
namespace {

constexpr std::int64_t kHour = 3600;

/// Standing of those who engage with the target raises what they count; it is bounded by 1 + mu.
void lift_crowd(Plot& plot) {
  const std::vector<AccountId> crowd = plot.crowd();
  for (const AccountId person : plot.accomplices(10)) {
    for (const AccountId fan : crowd) plot.act(person, fan, plot.within(kHour), Kind::like);
  }
}

}  // namespace

std::vector<Scenario> accomplice_scenarios() {
  std::vector<Scenario> scenarios;
  for (const std::size_t fakes : {std::size_t{0}, std::size_t{1'000}, std::size_t{10'000}}) {
    for (const std::size_t verified : {std::size_t{1}, std::size_t{3}, std::size_t{10}}) {
      const std::string more = fakes == 0 ? "" : fmt::format("-with-{}", fakes);
      scenarios.push_back({.name = fmt::format("accomplices-{}{}", verified, more),
                           .description = fmt::format("{} verified {} in the last hour{}", verified,
                                                      verified == 1 ? "person" : "people",
                                                      fakes == 0 ? "" : fmt::format(", and {} new accounts", fakes)),
                           .means = Means::accomplices,
                           .needs_verified = true,
                           .plant = [verified, fakes](Plot& plot) {
                             for (const AccountId person : plot.accomplices(verified))
                               plot.act(person, plot.target(), plot.within(kHour));
                             act_once(plot, fakes);
                           }});
    }
  }
  scenarios.push_back(
      {.name = "accomplices-lift-crowd",
       .description = "10 verified people like everybody who engaged with the target, for their standing",
       .means = Means::accomplices,
       .needs_verified = true,
       .plant = lift_crowd});
  return scenarios;
}

}  // namespace renown::attack
