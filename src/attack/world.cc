#include "attack/world.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "base/time.h"
#include "score/engagement.h"

namespace renown::attack {
namespace {

constexpr std::size_t kFamous = 100;

std::int64_t first_time(const EventTable& rows, std::int64_t as_of) {
  std::int64_t first = as_of;
  for (const aggregate::Event& row : rows.events()) first = std::min(first, row.time);
  return first;
}

std::vector<PersonId> scored_people(const score::ScoreRun& run) {
  std::vector<PersonId> scored;
  for (PersonId person = 0; person < run.log.people.size(); ++person) {
    if (run.cards[person].score) scored.push_back(person);
  }
  std::ranges::sort(scored, {}, [&](PersonId person) { return std::pair(run.cards[person].raw, person); });
  return scored;
}

Kind heaviest_kind(const score::ScoreRun& run) {
  std::array<bool, kEngagementKinds> seen{};
  for (const aggregate::Event& act : run.tally.acts) seen[static_cast<std::size_t>(act.kind)] = true;
  std::size_t heaviest = kEngagementKinds;
  for (std::size_t kind = 0; kind < kEngagementKinds; ++kind) {
    const bool heavier = heaviest == kEngagementKinds || run.model.kind_weight[kind] > run.model.kind_weight[heaviest];
    if (seen[kind] && heavier) heaviest = kind;
  }
  return heaviest == kEngagementKinds ? Kind::like : static_cast<Kind>(heaviest);
}

std::vector<AccountId> verified_engagers(const score::ScoreRun& run) {
  const std::int64_t window = score::window_seconds(run.model);
  std::vector<bool> engages(run.log.accounts.size());
  for (const aggregate::Event& act : run.tally.acts) {
    if (run.as_of - act.time < window && run.verified[run.log.people.person_of[act.actor]]) engages[act.actor] = true;
  }
  std::vector<AccountId> engagers;
  for (AccountId account = 0; account < engages.size(); ++account) {
    if (engages[account]) engagers.push_back(account);
  }
  return engagers;
}

std::vector<AccountId> famous_accounts(const score::ScoreRun& run, const std::vector<PersonId>& scored) {
  std::vector<AccountId> famous;
  for (auto person = scored.rbegin(); person != scored.rend() && famous.size() < kFamous; ++person)
    famous.push_back(run.log.people.first_account[*person]);
  return famous;
}

bool begins_an_account(const aggregate::AccountTable& accounts, const std::string& name) {
  for (AccountId account = 0; account < accounts.size(); ++account) {
    if (accounts[account].account.starts_with(name)) return true;
  }
  return false;
}

}  // namespace

World::World(const EventTable& rows, pipeline::LoadedLists lists, ScoreModel model, std::int64_t as_of,
             std::size_t threads)
    : rows_(rows),
      lists_(std::move(lists)),
      model_(std::move(model)),
      as_of_(as_of),
      threads_(threads),
      before_(pipeline::score_events(rows, lists_, model_, as_of, threads)),
      first_time_(first_time(rows, as_of)),
      scored_(scored_people(before_)),
      verified_mix_(before_.is_protected ? before_.observed_verified_share() : 0.0),
      audience_(measure_audience(rows, before_, scored_)),
      heaviest_kind_(attack::heaviest_kind(before_)),
      verified_engagers_(attack::verified_engagers(before_)),
      famous_(famous_accounts(before_, scored_)) {
  while (begins_an_account(before_.log.accounts, new_name_)) new_name_ += "-";
}

score::Engaged World::engaged(PersonId person) const {
  score::Engaged sum;
  for (const aggregate::Pair& pair : before_.tally.of_target(person)) {
    if (before_.verified[pair.engager]) {
      sum.vouched += before_.vouched_contribution(pair);
    } else {
      sum.unvouched += before_.engagement[before_.pair_index(pair)];
    }
  }
  return sum;
}

AccountSet World::farm_accounts() const {
  AccountSet farm;
  for (AccountId account = 0; account < real_accounts() && !before_.farm.empty(); ++account) {
    if (!before_.farm[person_of(account)]) continue;
    const aggregate::AccountName name = before_.log.accounts[account];
    farm.insert({std::string(name.network), std::string(name.account)});
  }
  return farm;
}

std::int64_t World::span_seconds(double days) const {
  return std::min(static_cast<std::int64_t>(days * static_cast<double>(base::kSecondsPerDay)), as_of_ - first_time_);
}

double World::percentile(double raw) const {
  if (scored_.empty()) return 0.0;
  const auto above = std::ranges::upper_bound(scored_, raw, {}, [&](PersonId person) { return card(person).raw; });
  return 100.0 * static_cast<double>(above - scored_.begin()) / static_cast<double>(scored_.size());
}

double World::median_points() const {
  if (scored_.empty()) return 1.0;
  return score::Scale(model_).points(card(scored_[scored_.size() / 2]).raw);
}

}  // namespace renown::attack
