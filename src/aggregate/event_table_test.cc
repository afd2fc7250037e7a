#include "aggregate/event_table.h"

#include <gtest/gtest.h>

namespace renown::aggregate {
namespace {

TEST(EventTable, orders_accounts_by_network_then_account_in_bytes) {
  EventTable table;
  // Equal first eight bytes, a prefix of another, a network that is a prefix of another, bytes above 127.
  const std::vector<std::pair<std::string, std::string>> accounts = {
      {"forum", "hazelnut9"},  {"forum", "hazelnut"}, {"forums", "a"},       {"chirp", "zoe"},
      {"forum", "hazelnut10"}, {"forum", "h"},        {"forum", "\xc3\xa9"}, {"chirp", "Zoe"}};
  for (const auto& [network, account] : accounts) {
    table.add({.time = 1,
               .kind = Kind::post,
               .network = network,
               .actor = account,
               .target = {},
               .post = {},
               .id = {},
               .tags = {}});
  }
  table.order_accounts();
  for (AccountId id = 1; id < table.accounts().size(); ++id) {
    const AccountName before = table.accounts()[id - 1];
    const AccountName after = table.accounts()[id];
    EXPECT_LT(std::tie(before.network, before.account), std::tie(after.network, after.account));
  }
  for (std::size_t row = 0; row < accounts.size(); ++row) {
    const AccountName name = table.accounts()[table.events()[row].actor];
    EXPECT_EQ(name.network, accounts[row].first);
    EXPECT_EQ(name.account, accounts[row].second);
  }
}

TEST(EventTable, keeps_equal_names_on_two_networks_apart) {
  EventTable table;
  for (const char* network : {"forum", "chirp"}) {
    table.add({.time = 1,
               .kind = Kind::like,
               .network = network,
               .actor = "ada",
               .target = "hazel",
               .post = {},
               .id = {},
               .tags = {}});
  }
  EXPECT_EQ(table.accounts().size(), 4u);
  EXPECT_EQ(table.events()[0].post, 0u);
}

// Numbers of texts may differ: they follow no order that anything hangs on.
TEST(EventTable, adds_a_block_like_its_rows_one_by_one) {
  model::InteractionBlock block;
  EventTable by_row;
  for (int i = 0; i < 1000; ++i) {
    const std::string actor = "a" + std::to_string(i % 7), post = i % 3 == 0 ? "" : "p" + std::to_string(i / 10);
    const Interaction row{.time = i,
                          .kind = i % 5 == 0 ? Kind::post : Kind::reply,
                          .network = i % 11 == 0 ? "chirp" : "forum",
                          .actor = actor,
                          .target = i % 5 == 0 ? "" : "b",
                          .post = post,
                          .id = actor,
                          .tags = i % 2 == 0 ? "birds" : ""};
    block.push(row);
    by_row.add(row);
  }
  EventTable by_block;
  by_block.add(block);
  ASSERT_EQ(by_block.events().size(), by_row.events().size());
  for (std::size_t row = 0; row < by_row.events().size(); ++row) {
    const Event& wanted = by_row.events()[row];
    const Event& event = by_block.events()[row];
    EXPECT_EQ(std::tie(event.time, event.kind, event.actor, event.target),
              std::tie(wanted.time, wanted.kind, wanted.actor, wanted.target))
        << "row " << row;
    for (const auto text : {&Event::post, &Event::id, &Event::tags}) {
      EXPECT_EQ(by_block.texts()[event.*text], by_row.texts()[wanted.*text]) << "row " << row;
    }
  }
}

}  // namespace
}  // namespace renown::aggregate
