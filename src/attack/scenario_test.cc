#include "attack/scenario.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "attack/targets.h"
#include "attack/test_world.h"

namespace renown::attack {
namespace {

/// A scenario planted on one person of the small world.
class Planted {
 public:
  explicit Planted(const std::string& name, std::uint64_t seed = 1, const World& world = small_world())
      : world_(world), table_(world.rows()), off_limits_(world.before().log.people.size()) {
    const Scenario& scenario = *std::ranges::find(all_scenarios(), name, &Scenario::name);
    const Targets targets = choose_targets(world, {50.0}, 1 + scenario.customers, 1);
    std::vector<AccountId> customers;
    if (scenario.means != Means::bot) {
      for (const PersonId person : targets.people) {
        off_limits_[person] = true;
        if (customers.size() < scenario.customers) customers.push_back(world.before().log.people.first_account[person]);
      }
    }
    plot_.emplace(world, table_, customers, off_limits_, 7, Draws(seed, name, ""));
    scenario.plant(*plot_);
  }

  const Plot& plot() const { return *plot_; }
  std::span<const aggregate::Event> rows() const { return plot_->planted(); }
  bool is_new(AccountId account) const { return account >= world_.real_accounts(); }
  std::size_t on_target() const {
    return static_cast<std::size_t>(std::ranges::count(rows(), plot_->target(), &aggregate::Event::target));
  }

  /// Rows as texts, for comparing two plots.
  std::multiset<std::string> texts() const {
    std::multiset<std::string> texts;
    for (const aggregate::Event& row : rows()) {
      const std::string target(row.target == aggregate::kNoAccount ? "" : table_.accounts().key(row.target));
      texts.insert(std::string(table_.accounts().key(row.actor)) + " " + target + " " + std::to_string(row.time) + " " +
                   std::string(kind_name(row.kind)));
    }
    return texts;
  }

 private:
  const World& world_;
  EventTable table_;
  std::vector<bool> off_limits_;
  std::optional<Plot> plot_;
};

TEST(Scenario, names_are_all_different_and_described) {
  std::set<std::string> names;
  for (const Scenario& scenario : all_scenarios()) {
    EXPECT_TRUE(names.insert(scenario.name).second) << scenario.name;
    EXPECT_FALSE(scenario.description.empty()) << scenario.name;
    EXPECT_EQ(scenario.description.find('\n'), std::string::npos);
  }
  EXPECT_GT(names.size(), 60u);
}

TEST(Scenario, are_chosen_by_name_beginning_or_means) {
  const auto count = [](const std::vector<std::string>& names) { return choose_scenarios(names)->size(); };
  EXPECT_EQ(count({}), 0u);
  EXPECT_EQ(count({"all"}), all_scenarios().size());
  EXPECT_EQ(count({"once-10"}), 1u);
  EXPECT_EQ(count({"once"}), 4u);
  EXPECT_EQ(count({"once", "once-10"}), 4u);
  EXPECT_EQ(count({"farm"}), 4u);
  EXPECT_EQ(count({"bot"}), 10u);
  for (const char* unknown : {"", "onc", "once-", "Once"}) {
    const auto chosen = choose_scenarios({"once", unknown});
    ASSERT_FALSE(chosen) << unknown;
    EXPECT_EQ(chosen.error().code, ErrorCode::usage);
  }
}

TEST(Scenario, every_row_lies_in_the_past_and_most_within_the_log) {
  for (const Scenario& scenario : all_scenarios()) {
    if (scenario.name.ends_with("0000")) continue;  // as the smaller ones
    const Planted planted(scenario.name);
    for (const aggregate::Event& row : planted.rows()) {
      ASSERT_LT(row.time, kAsOf) << scenario.name;
      ASSERT_GE(row.time, kAsOf - 61 * kDay) << scenario.name;
    }
  }
}

TEST(Scenario, is_the_same_for_the_same_seed_and_another_for_another) {
  for (const Scenario& scenario : all_scenarios()) {
    if (scenario.name.ends_with("0000")) continue;
    const bool nothing_drawn = scenario.name.starts_with("weights");  // it knows what is dearest
    const auto once = Planted(scenario.name).texts();
    EXPECT_EQ(once, Planted(scenario.name).texts()) << scenario.name;
    if (nothing_drawn || once.empty()) continue;
    EXPECT_NE(once, Planted(scenario.name, 2).texts()) << scenario.name;
  }
}

TEST(Scenario, only_what_is_said_to_needs_verified_people) {
  for (const Scenario& scenario : all_scenarios()) {
    if (scenario.means != Means::crowd && scenario.means != Means::farm) continue;
    const Planted planted(scenario.name);
    EXPECT_TRUE(planted.plot().verified().empty()) << scenario.name;
    for (const aggregate::Event& row : planted.rows()) {
      if (row.target == planted.plot().target()) {
        ASSERT_TRUE(planted.is_new(row.actor) || !small_world().is_verified(row.actor)) << scenario.name;
      }
    }
  }
}

struct CrowdCase {
  const char* name;
  std::size_t accounts, rows, on_target;
};

TEST(Scenario, crowds_count_as_they_are_called) {
  const CrowdCase cases[] = {{"once-10", 10, 10, 10},
                             {"once-1000", 1'000, 1'000, 1'000},
                             {"dripped-100", 100, 100, 100},
                             {"daily-10", 10, 300, 300},
                             {"weights-100", 100, 200, 200},
                             {"ten-acts-10", 10, 100, 100},
                             {"ring-1000", 1'000, 4'000, 1'000},
                             {"camouflage-1000", 1'000, 4'000, 1'000},
                             {"aged-1000", 1'000, 11'000, 1'000},
                             {"own-posts", 0, 10'000, 0},
                             {"own-likes", 0, 10'000, 0},
                             {"own-replies", 0, 10'000, 0}};
  for (const CrowdCase& wanted : cases) {
    const Planted planted(wanted.name);
    EXPECT_EQ(planted.plot().new_accounts().size(), wanted.accounts) << wanted.name;
    EXPECT_EQ(planted.rows().size(), wanted.rows) << wanted.name;
    EXPECT_EQ(planted.on_target(), wanted.on_target) << wanted.name;
    const std::set<AccountId> different(planted.plot().new_accounts().begin(), planted.plot().new_accounts().end());
    EXPECT_EQ(different.size(), wanted.accounts) << wanted.name;
  }
}

/// Ages of the acts on the target, in days.
std::vector<double> ages(const Planted& planted) {
  std::vector<double> ages;
  for (const aggregate::Event& row : planted.rows()) {
    if (row.target == planted.plot().target()) ages.push_back(static_cast<double>(kAsOf - row.time) / kDay);
  }
  std::ranges::sort(ages);
  return ages;
}

TEST(Scenario, crowds_come_when_they_are_said_to) {
  EXPECT_LT(ages(Planted("once-100")).back(), 3601.0 / kDay);
  const auto dripped = ages(Planted("dripped-100"));
  EXPECT_NEAR(dripped[50], 15.0, 0.4);
  EXPECT_NEAR(dripped.back(), 29.7, 0.1);
  const auto weights = ages(Planted("weights-10"));
  EXPECT_LT(weights[9], 2.0 / kDay);
  EXPECT_GT(weights[10], test_model().loyal_span_days);
  const auto daily = ages(Planted("daily-10"));
  for (std::size_t day = 0; day < 30; ++day) EXPECT_NEAR(daily[10 * day + 5], static_cast<double>(day), 0.05);
}

TEST(Scenario, only_weights_begin_before_a_short_log) {
  const TestWorld test(small_log(300, 1'000, 2), tenth_verified());
  for (const char* name :
       {"dripped-100", "daily-10", "aged-1000", "camouflage-1000", "farm-5", "pod-10", "autopilot", "quote-bot-30"}) {
    const Planted planted(name, 1, test.world);
    for (const aggregate::Event& row : planted.rows()) ASSERT_GE(row.time, kAsOf - 2 * kDay - 3600) << name;
  }
  EXPECT_GT(ages(Planted("weights-10", 1, test.world)).back(), test_model().loyal_span_days);
}

TEST(Scenario, accomplices_are_verified_and_different_and_new_to_the_target) {
  for (const auto& [name, count] : {std::pair("accomplices-1", 1u), {"accomplices-3", 3u}, {"accomplices-10", 10u}}) {
    const Planted planted(name);
    std::set<AccountId> people;
    for (const aggregate::Event& row : planted.rows()) {
      people.insert(row.actor);
      EXPECT_TRUE(small_world().is_verified(row.actor));
      EXPECT_EQ(small_world().before().tally.find(small_world().person_of(row.actor),
                                                  small_world().person_of(planted.plot().target())),
                nullptr);
    }
    EXPECT_EQ(people.size(), count);
  }
}

TEST(Scenario, farms_serve_every_customer_within_an_hour) {
  const Planted planted("farm-5");
  ASSERT_EQ(planted.plot().customers().size(), 5u);
  EXPECT_EQ(planted.rows().size(), 5'000u);
  for (const AccountId customer : planted.plot().customers()) {
    std::set<AccountId> accounts;
    std::int64_t first = kAsOf;
    std::int64_t last = 0;
    for (const aggregate::Event& row : planted.rows()) {
      if (row.target != customer) continue;
      accounts.insert(row.actor);
      first = std::min(first, row.time);
      last = std::max(last, row.time);
    }
    EXPECT_EQ(accounts.size(), 1'000u);
    EXPECT_LT(last - first, 3600);
  }
}

TEST(Scenario, pods_are_real_people_who_all_engage_each_other) {
  const Planted planted("pod-10");
  EXPECT_EQ(planted.rows().size(), 10u * 9u * 30u);
  std::map<AccountId, std::set<AccountId>> liked;
  for (const aggregate::Event& row : planted.rows()) liked[row.actor].insert(row.target);
  EXPECT_EQ(liked.size(), 10u);
  for (const auto& [member, others] : liked) {
    EXPECT_FALSE(planted.is_new(member));
    EXPECT_EQ(others.size(), 9u);
    EXPECT_FALSE(others.contains(member));
  }
}

TEST(Scenario, own_acts_are_the_targets_own) {
  for (const char* name : {"own-posts", "own-likes", "own-replies", "own-crowd"}) {
    const Planted planted(name);
    for (const aggregate::Event& row : planted.rows()) {
      EXPECT_EQ(row.actor, planted.plot().target()) << name;
      EXPECT_NE(row.target, planted.plot().target()) << name;
    }
    EXPECT_FALSE(planted.rows().empty()) << name;
  }
  EXPECT_EQ(Planted("own-sock-linked").plot().linked().size(), 1u);
  EXPECT_EQ(Planted("sock-verified").plot().verified().size(), 1u);
  EXPECT_TRUE(Planted("sock").plot().linked().empty());
}

TEST(Scenario, bots_are_new_and_post_by_the_clock) {
  for (const auto& [name, posts] : {std::pair("quote-bot-30", 30u * 48u), {"quote-bot-audience-15", 30u * 96u}}) {
    const Planted planted(name);
    EXPECT_TRUE(planted.is_new(planted.plot().target()));
    EXPECT_EQ(planted.plot().new_accounts().size(), 1u);
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(planted.rows(), Kind::post, &aggregate::Event::kind)), posts);
    for (const aggregate::Event& row : planted.rows())
      EXPECT_NE(row.actor == planted.plot().target(), row.target == planted.plot().target());
  }
}

TEST(Scenario, a_larger_audience_is_not_made_by_posting_more) {
  for (const char* name : {"quote-bot-audience-1", "quote-bot-audience-30"}) {
    const Planted planted(name);
    std::set<AccountId> audience;
    for (const aggregate::Event& row : planted.rows()) {
      if (row.target == planted.plot().target()) audience.insert(row.actor);
    }
    EXPECT_EQ(static_cast<double>(audience.size()), small_world().audience().scored_engagers) << name;
  }
}

TEST(Scenario, answers_to_the_reply_bot_follow_what_provoked_them) {
  const Planted planted("reply-bot");
  std::map<AccountId, std::int64_t> first_addressed;
  for (const aggregate::Event& row : planted.rows()) {
    if (row.actor != planted.plot().target()) continue;
    const auto [entry, fresh] = first_addressed.try_emplace(row.target, row.time);
    if (!fresh) entry->second = std::min(entry->second, row.time);
  }
  std::size_t answers = 0;
  for (const aggregate::Event& row : planted.rows()) {
    if (row.target != planted.plot().target()) continue;
    ++answers;
    EXPECT_EQ(row.kind, Kind::reply);
    EXPECT_GE(row.time, first_addressed.at(row.actor));
  }
  EXPECT_NEAR(static_cast<double>(answers), 0.3 * 30 * 288, 5 * 43.0);  // five standard deviations
}

}  // namespace
}  // namespace renown::attack
