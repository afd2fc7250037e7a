#include "aggregate/account_table.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace renown::aggregate {
namespace {

Interaction row_of(std::string_view network, std::string_view actor, std::string_view target) {
  return {.time = 1,
          .kind = Kind::like,
          .network = network,
          .actor = actor,
          .target = target,
          .post = {},
          .id = {},
          .tags = {}};
}

TEST(AccountTable, numbers_a_block_by_first_sight_actor_before_target) {
  model::InteractionBlock block;
  block.push(row_of("forum", "ada", "hazel"));
  block.push(row_of("chirp", "ada", ""));
  block.push(row_of("forum", "hazel", "ada"));
  AccountTable accounts;
  std::vector<AccountId> actors, targets;
  accounts.intern(block, actors, targets);
  EXPECT_EQ(actors, (std::vector<AccountId>{0, 2, 1}));
  EXPECT_EQ(targets, (std::vector<AccountId>{1, kNoAccount, 0}));
  EXPECT_EQ(accounts.key(2), std::string_view("chirp\0ada", 9));
  EXPECT_EQ(accounts[1].network, "forum");
  EXPECT_EQ(accounts[1].account, "hazel");
  block.clear();
  accounts.intern(block, actors, targets);
  EXPECT_TRUE(actors.empty() && targets.empty());
}

TEST(AccountTable, finds_many_at_once_as_it_finds_each) {
  AccountTable accounts;
  std::vector<std::string> names;
  for (int i = 0; i < 40; ++i) names.push_back("u" + std::to_string(i));
  for (std::size_t i = 0; i < names.size(); i += 2) accounts.intern(i % 3 == 0 ? "forum" : "chirp", names[i]);
  std::vector<AccountName> asked;
  for (const char* network : {"forum", "nowhere", "chirp"}) {
    for (std::size_t i = 0; i < 20; ++i) asked.push_back({network, names[i]});
  }
  ASSERT_LE(asked.size(), StringTable::kBatch);
  std::vector<AccountId> found(asked.size());
  accounts.find(asked, found.data());
  for (std::size_t i = 0; i < asked.size(); ++i)
    EXPECT_EQ(found[i], accounts.find(asked[i].network, asked[i].account)) << asked[i].network << asked[i].account;
  EXPECT_NE(found[0], kNoAccount);
  accounts.find({}, nullptr);
}

// The slow twin is a map. Few short names: they repeat inside a batch, and a network's end looks like a name's begin.
TEST(AccountTable, numbers_blocks_like_a_map) {
  EXPECT_TRUE(rc::check([] {
    const auto name = rc::gen::container<std::string>(rc::gen::element('a', 'b', '\xc3'));
    AccountTable accounts;
    AccountTable one_by_one;
    std::map<std::pair<std::string, std::string>, AccountId> twin;
    const auto number = [&](const std::string& network, const std::string& account) {
      return twin.try_emplace({network, account}, static_cast<AccountId>(twin.size())).first->second;
    };
    std::vector<AccountId> actors, targets;
    for (int blocks = *rc::gen::inRange(1, 4); blocks > 0; --blocks) {
      model::InteractionBlock block;
      std::vector<AccountId> wanted_actors, wanted_targets;
      for (int rows = *rc::gen::inRange(0, 200); rows > 0; --rows) {
        const std::string network = *name, actor = *name, target = *name;
        block.push(row_of(network, actor, target));
        wanted_actors.push_back(number(network, actor));
        wanted_targets.push_back(target.empty() ? kNoAccount : number(network, target));
        RC_ASSERT(one_by_one.intern(network, actor) == wanted_actors.back());
        if (!target.empty()) RC_ASSERT(one_by_one.intern(network, target) == wanted_targets.back());
      }
      accounts.intern(block, actors, targets);
      RC_ASSERT(actors == wanted_actors);
      RC_ASSERT(targets == wanted_targets);
    }
    RC_ASSERT(accounts.size() == twin.size());
    for (const auto& [account, id] : twin) {
      RC_ASSERT(accounts[id].network == account.first);
      RC_ASSERT(accounts[id].account == account.second);
    }
  }));
}

TEST(AccountTable, tells_the_network_from_the_account_however_long_it_is) {
  AccountTable accounts;
  for (const std::size_t bytes : {1, 254, 255, 256, 70'000}) {
    const std::string network(bytes, 'n');
    const AccountName name = accounts[accounts.intern(network, "ada")];
    EXPECT_EQ(name.network, network);
    EXPECT_EQ(name.account, "ada");
  }
}

TEST(AccountTable, survives_growing_in_the_middle_of_a_batch) {
  AccountTable accounts;
  std::vector<AccountId> actors, targets;
  model::InteractionBlock block;
  for (AccountId i = 0; i < 50'000; ++i) {
    block.push(row_of("forum", "actor " + std::to_string(i), "target " + std::to_string(i)));
  }
  for (int again = 0; again < 2; ++again) {
    accounts.intern(block, actors, targets);
    for (AccountId i = 0; i < 50'000; ++i) {
      ASSERT_EQ(actors[i], 2 * i);
      ASSERT_EQ(targets[i], 2 * i + 1);
    }
  }
  EXPECT_EQ(accounts[99'999].account, "target 49999");
}

TEST(AccountTable, comes_back_from_its_parts_and_goes_on) {
  AccountTable accounts;
  for (int i = 0; i < 5'000; ++i) accounts.intern(i % 3 == 0 ? "forum" : "chirp", "ada " + std::to_string(i));
  const std::string long_network(300, 'n');
  accounts.intern(long_network, "ada");
  AccountTable back(accounts.parts());
  ASSERT_EQ(back.size(), accounts.size());
  for (AccountId id = 0; id < accounts.size(); ++id) ASSERT_EQ(back.key(id), accounts.key(id));
  EXPECT_EQ(back[5'000].network, long_network);
  EXPECT_EQ(back.find("forum", "ada 3"), 3u);
  EXPECT_EQ(back.find("forum", "ada 4"), kNoAccount);
  for (AccountId i = 0; i < 5'000; ++i) {
    ASSERT_EQ(back.intern("forum", "new " + std::to_string(i)), 5'001 + i);
    ASSERT_EQ(back.intern(i % 3 == 0 ? "forum" : "chirp", "ada " + std::to_string(i)), i);
  }
  EXPECT_EQ(AccountTable(AccountTable().parts()).size(), 0u);
}

}  // namespace
}  // namespace renown::aggregate
