/// Courting: new accounts that try to look like people of the log before, or while, they engage with the target.

#include <algorithm>

#include <fmt/format.h>

#include "attack/scenario.h"
#include "base/time.h"

namespace renown::attack {
namespace {

constexpr double kRecentDays = 30.0;
constexpr double kAgingDays = 42.0;
constexpr std::size_t kRingNeighbours = 3;
constexpr std::size_t kFamousEach = 3;
constexpr std::size_t kOrdinaryEach = 10;
constexpr std::size_t kDeceived = 100;
constexpr std::size_t kDeceivedVerified = 10;

std::int64_t some_time(Plot& plot, double days) {
  return plot.within(std::max<std::int64_t>(1, plot.span(days)));
}

void ring(Plot& plot, std::size_t count) {
  act_once(plot, count);
  const std::vector<AccountId> ring = plot.new_accounts();
  for (std::size_t i = 0; i < ring.size(); ++i) {
    for (std::size_t step = 1; step <= kRingNeighbours; ++step) {
      const AccountId next = ring[(i + step) % ring.size()];
      if (next != ring[i]) plot.act(ring[i], next, plot.within(base::kSecondsPerDay));
    }
  }
}

void camouflage(Plot& plot, std::size_t count) {
  act_once(plot, count);
  const std::vector<AccountId> accounts = plot.new_accounts();
  for (const AccountId account : accounts) {
    for (std::size_t i = 0; i < kFamousEach; ++i) plot.act(account, plot.famous(), some_time(plot, kRecentDays));
  }
}

void age(Plot& plot, std::size_t count) {
  act_once(plot, count);
  const std::vector<AccountId> accounts = plot.new_accounts();
  for (const AccountId account : accounts) {
    for (std::size_t i = 0; i < kOrdinaryEach; ++i) plot.act(account, plot.somebody(), some_time(plot, kAgingDays));
  }
}

/// Attack edges: people of the log fall for the new accounts and engage with them.
void deceive(Plot& plot, std::size_t count) {
  act_once(plot, count);
  const std::vector<AccountId> accounts = plot.new_accounts();
  std::vector<AccountId> deceived = plot.company(kDeceived, false);
  const std::vector<AccountId> verified = plot.accomplices(kDeceivedVerified);
  deceived.insert(deceived.end(), verified.begin(), verified.end());
  for (const AccountId person : deceived)
    plot.act(person, accounts[plot.draws().below(accounts.size())], plot.within(base::kSecondsPerDay));
}

struct Disguise {
  std::string_view name;
  std::string_view description;
  void (*plant)(Plot&, std::size_t);
};

constexpr Disguise kDisguises[] = {
    {"ring", "{} new accounts that also engage each other in a ring", ring},
    {"camouflage", "{} new accounts that also engage three famous accounts each", camouflage},
    {"aged", "{} new accounts that engaged ordinary people for six weeks first", age},
    {"attack-edges", "{} new accounts with which 100 honest and 10 verified people engage", deceive},
};

}  // namespace

std::vector<Scenario> courting_scenarios() {
  std::vector<Scenario> scenarios;
  for (const Disguise& disguise : kDisguises) {
    for (const std::size_t size : {std::size_t{1'000}, std::size_t{10'000}}) {
      scenarios.push_back({.name = fmt::format("{}-{}", disguise.name, size),
                           .description = fmt::format(fmt::runtime(disguise.description), size),
                           .means = Means::crowd,
                           .plant = [plant = disguise.plant, size](Plot& plot) { plant(plot, size); }});
    }
  }
  return scenarios;
}

}  // namespace renown::attack
