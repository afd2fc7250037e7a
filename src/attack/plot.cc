#include "attack/plot.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/time.h"

namespace renown::attack {
namespace {

constexpr std::size_t kTries = 200;  // of finding somebody who fits, in logs where few do

}  // namespace

Plot::Plot(const World& world, EventTable& table, std::vector<AccountId> customers, const std::vector<bool>& off_limits,
           std::size_t number, Draws draws)
    : world_(world),
      table_(table),
      customers_(std::move(customers)),
      off_limits_(off_limits),
      name_(world.new_name() + std::to_string(number) + "-"),
      draws_(draws),
      first_row_(table.events().size()) {
  const AccountId home = customers_.empty() ? world_.any_act(draws_).target : customers_.front();
  network_ = world_.before().log.accounts[home].network;
  if (customers_.empty()) customers_.push_back(new_account());
}

AccountId Plot::new_account() {
  const AccountId account = table_.intern_account(network_, name_ + std::to_string(new_accounts_.size()));
  new_accounts_.push_back(account);
  return account;
}

bool Plot::engaged_with_target(AccountId account) const {
  if (target() >= world_.real_accounts()) return false;
  return world_.before().tally.find(world_.person_of(account), world_.person_of(target())) != nullptr;
}

AccountId Plot::somebody() {
  AccountId drawn = world_.any_act(draws_).actor;
  for (std::size_t tries = 0; off_limits_[world_.person_of(drawn)] && tries < kTries; ++tries)
    drawn = world_.any_act(draws_).actor;
  return drawn;
}

AccountId Plot::stranger() {
  for (std::size_t tries = 0; tries < kTries; ++tries) {
    const AccountId drawn = somebody();
    if (drawn != target() && !engaged_with_target(drawn)) return drawn;
  }
  return aggregate::kNoAccount;
}

AccountId Plot::famous() {
  const auto& famous = world_.famous();
  AccountId drawn = famous[draws_.below(famous.size())];
  for (std::size_t tries = 0; off_limits_[world_.person_of(drawn)] && tries < kTries; ++tries)
    drawn = famous[draws_.below(famous.size())];
  return drawn;
}

std::vector<AccountId> Plot::company(std::size_t count, bool unverified_only) {
  std::vector<AccountId> members;
  std::unordered_set<PersonId> taken;
  for (std::size_t tries = 0; members.size() < count && tries < kTries + 100 * count; ++tries) {
    const AccountId drawn = somebody();
    const PersonId person = world_.person_of(drawn);
    const bool fits =
        !off_limits_[person] && !engaged_with_target(drawn) && !(unverified_only && world_.before().verified[person]);
    if (fits && taken.insert(person).second) members.push_back(drawn);
  }
  return members;
}

std::vector<AccountId> Plot::accomplices(std::size_t count) {
  std::vector<AccountId> helpers;
  std::unordered_set<PersonId> taken;
  const auto& verified = world_.verified_engagers();
  for (std::size_t tries = 0; !verified.empty() && helpers.size() < count && tries < kTries; ++tries) {
    const AccountId drawn = verified[draws_.below(verified.size())];
    const PersonId person = world_.person_of(drawn);
    if (!off_limits_[person] && !engaged_with_target(drawn) && taken.insert(person).second) helpers.push_back(drawn);
  }
  return helpers;
}

std::vector<AccountId> Plot::crowd() {
  std::vector<AccountId> crowd;
  if (target() >= world_.real_accounts()) return crowd;
  const auto& run = world_.before();
  for (const aggregate::Pair& pair : run.tally.of_target(world_.person_of(target())))
    crowd.push_back(run.tally.acts_of(pair).back().actor);
  return crowd;
}

std::int64_t Plot::ago(std::int64_t seconds) const {
  return world_.as_of() - 1 - seconds;
}

std::size_t Plot::days(double wanted) const {
  return static_cast<std::size_t>(std::max<std::int64_t>(1, span(wanted) / base::kSecondsPerDay));
}

void Plot::act(AccountId actor, AccountId target, std::int64_t time, Kind kind) {
  aggregate::Event row;
  row.time = std::max<std::int64_t>(0, time);
  row.actor = actor;
  row.target = target;
  row.kind = kind;
  table_.events().push_back(row);
}

}  // namespace renown::attack
