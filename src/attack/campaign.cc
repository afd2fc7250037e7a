#include "attack/campaign.h"

#include <algorithm>
#include <deque>
#include <string>
#include <unordered_set>
#include <utility>

#include "attack/equivalent.h"
#include "score/explain.h"

namespace renown::attack {
namespace {

/// The positions of targets that share one plot; empty for a bot.
using Customers = std::vector<std::size_t>;

Account account_of(const aggregate::AccountTable& accounts, AccountId id) {
  const aggregate::AccountName name = accounts[id];
  return {std::string(name.network), std::string(name.account)};
}

/// Who of the world's people a plot of a batch touches or needs untouched (see run_campaign).
class Batch {
 public:
  explicit Batch(const World& world)
      : world_(world),
        is_target_(world.before().log.people.size()),
        engages_target_(is_target_.size()),
        touched_(is_target_.size()),
        vouched_(is_target_.size()) {}

  /// Takes the plot in, unless it would disturb one that is in, or be disturbed by it.
  bool take(const Plot& plot) {
    const Reach reach = reach_of(plot);
    const auto any = [](const std::vector<PersonId>& people, const std::vector<bool>& marks) {
      return std::ranges::any_of(people, [&](PersonId person) { return marks[person]; });
    };
    if (any(reach.touched, is_target_) || any(reach.targets, touched_) || any(reach.vouched, engages_target_) ||
        any(reach.engagers, vouched_)) {
      return false;
    }
    mark(reach.targets, is_target_);
    mark(reach.engagers, engages_target_);
    mark(reach.touched, touched_);
    mark(reach.vouched, vouched_);
    return true;
  }

 private:
  struct Reach {
    std::vector<PersonId> targets;   ///< whose gain is measured
    std::vector<PersonId> engagers;  ///< who engage with them, in the log or planted
    std::vector<PersonId> touched;   ///< others with a planted act on them
    std::vector<PersonId> vouched;   ///< those of whom, and targets, with a planted act by somebody verified
  };

  static void mark(const std::vector<PersonId>& people, std::vector<bool>& marks) {
    for (const PersonId person : people) marks[person] = true;
  }

  bool is_real(AccountId account) const { return account < world_.real_accounts(); }

  Reach reach_of(const Plot& plot) const {
    Reach reach;
    for (const AccountId customer : plot.customers()) {
      if (!is_real(customer)) continue;
      const PersonId target = world_.person_of(customer);
      reach.targets.push_back(target);
      for (const aggregate::Pair& pair : world_.before().tally.of_target(target))
        reach.engagers.push_back(pair.engager);
    }
    const std::unordered_set<AccountId> customers(plot.customers().begin(), plot.customers().end());
    std::unordered_set<AccountId> verified(plot.verified().begin(), plot.verified().end());
    const bool owner_is_verified = is_real(plot.target()) && world_.is_verified(plot.target());
    if (owner_is_verified) verified.insert(plot.linked().begin(), plot.linked().end());
    for (const aggregate::Event& row : plot.planted()) {
      if (row.target == aggregate::kNoAccount) continue;
      if (customers.contains(row.target)) {
        if (is_real(row.actor)) reach.engagers.push_back(world_.person_of(row.actor));
      } else if (is_real(row.target)) {
        reach.touched.push_back(world_.person_of(row.target));
      }
      const bool vouched = is_real(row.actor) ? world_.is_verified(row.actor) : verified.contains(row.actor);
      if (vouched && is_real(row.target)) reach.vouched.push_back(world_.person_of(row.target));
    }
    return reach;
  }

  const World& world_;
  std::vector<bool> is_target_, engages_target_, touched_, vouched_;
};

/// One scenario on its way through as many scorings as it takes.
class Campaign {
 public:
  Campaign(const World& world, const Scenario& scenario, const Targets& targets, std::uint64_t seed,
           const CampaignOptions& options)
      : world_(world),
        scenario_(scenario),
        targets_(targets),
        seed_(seed),
        options_(options),
        off_limits_(world.before().log.people.size()) {
    for (const PersonId person : targets.people) off_limits_[person] = true;
  }

  Result<CampaignResult> run(std::size_t bots, pipeline::Progress& progress) {
    std::deque<std::size_t> waiting;
    if (scenario_.means == Means::bot) {
      units_.resize(bots);
    } else {
      group_targets();
    }
    for (std::size_t unit = 0; unit < units_.size(); ++unit) waiting.push_back(unit);
    result_.gains.resize(scenario_.means == Means::bot ? bots : targets_.people.size());
    while (!waiting.empty()) {
      if (progress.cancelled()) return Error{ErrorCode::cancelled, "stopped; nothing was written"};
      run_batch(waiting);
    }
    return std::move(result_);
  }

 private:
  /// Targets that share a plot: each alone, or so many at a time in a drawn order.
  void group_targets() {
    std::vector<std::size_t> order(targets_.people.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (scenario_.customers > 1) Draws(seed_, scenario_.name, "customers").shuffle(order);
    for (const std::size_t target : order) {
      if (units_.empty() || units_.back().size() == scenario_.customers) units_.emplace_back();
      units_.back().push_back(target);
    }
  }

  Plot make_plot(EventTable& table, std::size_t unit) const {
    const std::string key = units_[unit].empty() ? std::to_string(unit) : name_of_target(units_[unit].front());
    Draws draws(seed_, scenario_.family.empty() ? scenario_.name : scenario_.family, key);
    return Plot(world_, table, customers_of(unit, draws), off_limits_, unit, draws);
  }

  std::string name_of_target(std::size_t target) const {
    return std::string(world_.before().log.accounts.key(account_of_target(target)));
  }

  AccountId account_of_target(std::size_t target) const {
    return world_.before().log.people.first_account[targets_.people[target]];
  }

  /// The accounts of the targets of a unit and, where they are fewer than the scenario has customers, of others.
  std::vector<AccountId> customers_of(std::size_t unit, Draws& draws) const {
    std::vector<AccountId> customers;
    for (const std::size_t target : units_[unit]) customers.push_back(account_of_target(target));
    if (customers.empty()) return customers;
    std::unordered_set<PersonId> taken;
    const auto& scored = world_.scored();
    for (std::size_t tries = 0; customers.size() < scenario_.customers && tries < 100 * scenario_.customers; ++tries) {
      const PersonId drawn = scored[draws.below(scored.size())];
      if (!off_limits_[drawn] && taken.insert(drawn).second)
        customers.push_back(world_.before().log.people.first_account[drawn]);
    }
    return customers;
  }

  void run_batch(std::deque<std::size_t>& waiting) {
    EventTable table = world_.rows();
    Batch batch(world_);
    std::vector<std::pair<std::size_t, Plot>> plots;
    std::deque<std::size_t> left;
    std::size_t targets = 0;
    while (!waiting.empty()) {
      const std::size_t unit = waiting.front();
      Plot plot = make_plot(table, unit);
      scenario_.plant(plot);
      const std::size_t planted = table.events().size() - world_.rows().events().size();
      const bool full = !plots.empty() && (planted > options_.rows || targets + 1 > options_.targets);
      const bool taken = !full && batch.take(plot);
      if (full || !taken) plot.take_back();
      if (full) break;
      waiting.pop_front();
      if (taken) {
        result_.planted_rows += plot.planted().size();
        targets += std::max<std::size_t>(1, units_[unit].size());
        plots.emplace_back(unit, std::move(plot));
      } else {
        left.push_back(unit);
      }
    }
    waiting.insert(waiting.begin(), left.begin(), left.end());
    score(std::move(table), plots);
  }

  void score(EventTable table, const std::vector<std::pair<std::size_t, Plot>>& plots) {
    pipeline::LoadedLists lists = world_.lists();
    if (options_.hold_farms) lists.farm = world_.farm_accounts();
    std::vector<Account> planted;
    std::vector<std::vector<Account>> measured;  // by plot
    for (const auto& [unit, plot] : plots) {
      for (const AccountId id : plot.new_accounts()) planted.push_back(account_of(table.accounts(), id));
      if (units_[unit].empty()) planted.erase(planted.end() - static_cast<std::ptrdiff_t>(plot.new_accounts().size()));
      for (const AccountId id : plot.verified()) {
        if (lists.verified) lists.verified->insert(account_of(table.accounts(), id));
      }
      std::vector<Account> accounts;
      for (const AccountId customer : plot.customers()) accounts.push_back(account_of(table.accounts(), customer));
      for (const AccountId id : plot.linked()) link(lists.people, accounts.front(), account_of(table.accounts(), id));
      measured.push_back(std::move(accounts));
    }
    const score::ScoreRun after =
        pipeline::score_events(std::move(table), lists, world_.model(), world_.as_of(), world_.threads());
    ++result_.runs;
    for (std::size_t i = 0; i < plots.size(); ++i) {
      const std::size_t unit = plots[i].first;
      if (units_[unit].empty()) {
        result_.gains[unit] = measure(after, measured[i].front(), std::nullopt);
      }
      for (std::size_t t = 0; t < units_[unit].size(); ++t)
        result_.gains[units_[unit][t]] = measure(after, measured[i][t], targets_.people[units_[unit][t]]);
    }
    result_.planted_accounts += planted.size();
    count_flagged(after, planted);
  }

  /// Gives an account to the person of `owner`, who is made one where nobody is linked to it yet.
  static void link(PeopleMap& people, const Account& owner, const Account& account) {
    const std::string person = people.try_emplace(owner, owner.network + ":" + owner.account).first->second;
    people[account] = person;
  }

  Gain measure(const score::ScoreRun& after, const Account& account, std::optional<PersonId> before) const {
    const score::Scale scale(world_.model());
    const score::Vouching vouching(world_.model(), world_.is_protected());
    const ScoreCard nobody{};
    const auto person = score::find_person(after, account);
    const ScoreCard& now = person ? after.cards[*person] : nobody;
    const ScoreCard& then = before ? world_.card(*before) : nobody;

    Gain gain;
    gain.account = account;
    gain.raw_before = then.raw;
    gain.raw_after = now.raw;
    gain.points_before = scale.points(then.raw);
    gain.points_after = scale.points(now.raw);
    gain.percentile_before = world_.percentile(then.raw);
    gain.percentile_after = world_.percentile(now.raw);
    gain.engagers_after = now.reach;
    if (world_.is_protected()) {
      gain.bound_before = then.bound_raw.value_or(vouching.bound(0.0));
      gain.bound_after = now.bound_raw.value_or(vouching.bound(0.0));
      gain.bound_before_points = scale.points(*gain.bound_before);
      gain.bound_after_points = scale.points(*gain.bound_after);
    }
    gain.equivalent_people = equivalent_people(
        world_.model(), vouching, before ? world_.engaged(*before) : score::Engaged{}, world_.verified_mix(), now.raw);
    return gain;
  }

  void count_flagged(const score::ScoreRun& after, const std::vector<Account>& planted) {
    const auto is_flagged = [&](const Account& account) {
      const auto person = after.farm.empty() ? std::nullopt : score::find_person(after, account);
      return person && after.farm[*person];
    };
    for (const Account& account : planted) result_.flagged_planted += is_flagged(account) ? 1 : 0;
    const auto& people = world_.before().log.people;
    for (PersonId person = 0; person < people.size(); ++person) {
      const bool before = !world_.before().farm.empty() && world_.before().farm[person];
      const bool now = is_flagged(account_of(world_.before().log.accounts, people.first_account[person]));
      result_.flagged_real += now && !before ? 1 : 0;
      result_.spared_real += before && !now ? 1 : 0;
    }
  }

  const World& world_;
  const Scenario& scenario_;
  const Targets& targets_;
  std::uint64_t seed_;
  CampaignOptions options_;
  std::vector<bool> off_limits_;
  std::vector<Customers> units_;
  CampaignResult result_;
};

}  // namespace

Result<CampaignResult> run_campaign(const World& world, const Scenario& scenario, const Targets& targets,
                                    std::size_t bots, std::uint64_t seed, pipeline::Progress& progress,
                                    const CampaignOptions& options) {
  return Campaign(world, scenario, targets, seed, options).run(bots, progress);
}

}  // namespace renown::attack
