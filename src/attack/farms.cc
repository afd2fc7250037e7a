/// Farms: a thousand accounts that engage with everybody who pays. Each customer is served in an hour of their own.

#include <algorithm>

#include <fmt/format.h>

#include "attack/scenario.h"

namespace renown::attack {
namespace {

constexpr std::size_t kAccounts = 1'000;
constexpr std::int64_t kHour = 3600;
constexpr double kDays = 7.0;

void serve(Plot& plot) {
  std::vector<AccountId> accounts;
  for (std::size_t i = 0; i < kAccounts; ++i) accounts.push_back(plot.new_account());
  const std::int64_t span = std::max<std::int64_t>(1, plot.span(kDays) - kHour);
  for (const AccountId customer : plot.customers()) {
    const std::int64_t begin = plot.within(span);
    for (const AccountId account : accounts)
      plot.act(account, customer, begin - static_cast<std::int64_t>(plot.draws().below(kHour)));
  }
}

}  // namespace

std::vector<Scenario> farm_scenarios() {
  std::vector<Scenario> scenarios;
  for (const std::size_t customers : {std::size_t{1}, std::size_t{5}, std::size_t{20}, std::size_t{100}}) {
    scenarios.push_back(
        {.name = fmt::format("farm-{}", customers),
         .description = fmt::format("a farm of 1,000 accounts with {} customer{}, each served within an hour",
                                    customers, customers == 1 ? "" : "s"),
         .means = Means::farm,
         .customers = customers,
         .plant = serve});
  }
  return scenarios;
}

}  // namespace renown::attack
