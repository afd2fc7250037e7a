// Farms in a log: who is searched, what the rows of an account come to, and what is said of it.
#include "score/farm_search.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "score/change.h"
#include "score/model_file.h"
#include "score/score_run.h"

namespace renown::score {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kNow = 20'000 * kDay;

struct Row {
  std::int64_t time;
  Kind kind;
  Account actor, target;
};

/// Rows, lists, and the search as a run does it.
struct World {
  std::vector<Row> rows;
  PeopleMap people;
  std::optional<AccountSet> verified;
  AccountSet pardoned;
  std::int64_t as_of = kNow;

  World& act(std::int64_t time, Account actor, Account target, Kind kind = Kind::like) {
    rows.push_back({kNow - 100 * kDay + time, kind, std::move(actor), std::move(target)});
    return *this;
  }

  /// Accounts "f0" ... of network "n" hit customers "c0" ... once each, one customer a day within `accounts` seconds.
  World& farm(int accounts, int customers, Kind kind = Kind::like) {
    for (int account = 0; account < accounts; ++account) {
      for (int customer = 0; customer < customers; ++customer)
        act(customer * kDay + account, {"n", fmt::format("f{}", account)}, {"n", fmt::format("c{}", customer)}, kind);
    }
    return *this;
  }

  aggregate::Acts acts() const {
    aggregate::EventTable events;
    for (const Row& row : rows)
      events.add({.time = row.time,
                  .kind = row.kind,
                  .network = row.actor.network,
                  .actor = row.actor.account,
                  .target = row.target.account,
                  .post = "",
                  .id = "",
                  .tags = ""});
    return aggregate::derive_acts(std::move(events), people, as_of, 7 * kDay);
  }

  Lists lists() const { return {.people = &people, .verified = verified ? &*verified : nullptr, .farm = nullptr}; }

  std::vector<std::string> found() const {
    const aggregate::Acts log = acts();
    const auto farms = find_farms(log, spared_people(log, lists(), pardoned), model(), as_of);
    std::vector<std::string> names;
    for (const Account& account : accounts_of(farms, log.accounts)) names.push_back(account.account);
    return names;
  }

  bool finds(const char* account) const {
    const auto names = found();
    return std::ranges::find(names, account) != names.end();
  }

  static ScoreModel model() { return *parse_model(shipped_model(kDefaultModel), kDefaultModel); }
};

TEST(FarmSearch, nothing_in_nothing) {
  EXPECT_TRUE(World().found().empty());
  EXPECT_TRUE(World().farm(1, 1).found().empty());
}

TEST(FarmSearch, corners_of_the_shipped_model) {
  struct Case {
    int accounts, customers;
    std::size_t found;
  };
  for (const auto& [accounts, customers, found] :
       std::vector<Case>{{10, 6, 10}, {9, 6, 0}, {10, 5, 0}, {12, 20, 12}, {100, 1, 0}, {100, 2, 0}})
    EXPECT_EQ(World().farm(accounts, customers).found().size(), found) << accounts << " x " << customers;
}

TEST(FarmSearch, the_order_of_rows_and_a_second_delivery_change_nothing) {
  World world;
  world.farm(15, 8);
  const auto found = world.found();
  EXPECT_EQ(found.size(), 15u);
  std::ranges::reverse(world.rows);
  EXPECT_EQ(world.found(), found);
  const auto again = world.rows;
  world.rows.insert(world.rows.end(), again.begin(), again.end());
  EXPECT_EQ(world.found(), found);
}

TEST(FarmSearch, verified_people_are_never_searched) {
  World world;
  world.farm(15, 8).act(50 * kDay, {"m", "other"}, {"m", "c0"});
  world.people = {{{"n", "f3"}, "Three"}, {{"m", "other"}, "Three"}};
  world.verified = AccountSet{{"n", "f1"}, {"m", "other"}};
  const auto found = world.found();
  EXPECT_EQ(found.size(), 13u);
  EXPECT_FALSE(world.finds("f1"));
  EXPECT_FALSE(world.finds("f3"));  // another account of the person is on the list
}

TEST(FarmSearch, a_pardon_holds_for_all_accounts_of_the_person) {
  World world;
  world.farm(15, 8).act(50 * kDay, {"m", "other"}, {"m", "c0"});
  world.people = {{{"n", "f3"}, "Three"}, {{"m", "other"}, "Three"}};
  world.pardoned = {{"n", "f1"}, {"m", "other"}, {"n", "nobody"}};
  const auto found = world.found();
  EXPECT_EQ(found.size(), 13u);
  EXPECT_FALSE(world.finds("f1"));
  EXPECT_FALSE(world.finds("f3"));
}

TEST(FarmSearch, pardoning_all_but_a_few_leaves_no_crowd) {
  World world;
  world.farm(15, 8);
  for (int account = 0; account < 6; ++account) world.pardoned.insert({"n", fmt::format("f{}", account)});
  EXPECT_TRUE(world.found().empty());
}

TEST(FarmSearch, a_person_is_flagged_with_all_accounts_that_act) {
  World world;
  world.farm(15, 8).act(50 * kDay, {"m", "other"}, {"m", "x"});
  world.people = {{{"n", "f3"}, "Three"}, {{"m", "other"}, "Three"}, {{"m", "silent"}, "Three"}};
  const auto found = world.found();
  EXPECT_EQ(found.size(), 16u);
  EXPECT_TRUE(world.finds("other"));
}

TEST(FarmSearch, a_person_may_act_through_several_accounts) {
  World world;
  for (int person = 0; person < 12; ++person) {  // odd customers on one network, even ones on the other
    for (int customer = 0; customer < 8; ++customer) {
      const std::string network = customer % 2 ? "n" : "m";
      world.act(customer * kDay + person, {network, fmt::format("f{}", person)},
                {network, fmt::format("c{}", customer)});
      world.people[{network, fmt::format("f{}", person)}] = fmt::format("Person {}", person);
    }
  }
  EXPECT_EQ(world.found().size(), 24u);
}

TEST(FarmSearch, who_is_answered_is_not_bought) {
  World world;
  world.farm(15, 8);
  for (int customer = 0; customer < 8; ++customer)
    world.act(90 * kDay, {"n", fmt::format("c{}", customer)}, {"n", "f2"});
  const auto found = world.found();
  EXPECT_EQ(found.size(), 14u);
  EXPECT_FALSE(world.finds("f2"));
}

TEST(FarmSearch, names_in_one_post_are_one_thing_done) {
  World world;
  for (int account = 0; account < 20; ++account) {
    for (int day = 0; day < 3; ++day) {  // three posts with five names each: three things done, not fifteen
      for (int name = 0; name < 5; ++name)
        world.act(day * kDay + account, {"n", fmt::format("f{}", account)}, {"n", fmt::format("c{}", day * 5 + name)},
                  Kind::mention);
    }
  }
  EXPECT_TRUE(world.found().empty());
  World separate;
  separate.farm(20, 8, Kind::mention);
  EXPECT_EQ(separate.found().size(), 20u);
}

TEST(FarmSearch, names_in_what_is_reposted_are_nothing_done) {
  World world;
  for (int account = 0; account < 20; ++account) {
    for (int day = 0; day < 8; ++day) {
      world.act(day * kDay + account, {"n", fmt::format("f{}", account)}, {"n", "star"}, Kind::repost);
      world.act(day * kDay + account, {"n", fmt::format("f{}", account)}, {"n", fmt::format("c{}", day)},
                Kind::mention);
    }
  }
  EXPECT_TRUE(world.found().empty());
}

TEST(FarmSearch, what_left_the_window_is_forgotten) {
  World world;
  world.farm(15, 8);
  world.as_of = kNow - 100 * kDay + 180 * kDay + 3 * kDay;  // the first three customers' acts are older than 180 days
  EXPECT_TRUE(world.found().empty());
  world.as_of -= kDay;
  EXPECT_EQ(world.found().size(), 15u);  // six customers are left
}

TEST(FarmSearch, says_why) {
  World world;
  world.farm(15, 8);
  world.act(40 * kDay, {"n", "f0"}, {"n", "c0"}).act(41 * kDay, {"n", "f0"}, {"n", "friend"});
  const aggregate::Acts log = world.acts();
  const auto farms = find_farms(log, spared_people(log, world.lists(), {}), World::model(), kNow);
  ASSERT_EQ(farms.size(), 1u);
  EXPECT_EQ(farms[0].engagers, 15u);
  EXPECT_EQ(farms[0].targets, 8u);
  EXPECT_EQ(farms[0].density, 1.0);
  EXPECT_EQ(farms[0].reference_density, World::model().farm_reference_density);
  EXPECT_EQ(accounts_in(farms), 15u);
  const FarmAccount& first = farms[0].accounts[0];
  EXPECT_EQ(log.accounts[first.account].account, "f0");
  EXPECT_EQ(first.targets, 8u);
  EXPECT_EQ(first.lockstep, 8u);
  EXPECT_EQ(first.share, 0.8);  // of ten acts
  EXPECT_EQ(first.first, kNow - 100 * kDay);
  EXPECT_EQ(first.latest, kNow - 93 * kDay);
}

}  // namespace
}  // namespace renown::score
