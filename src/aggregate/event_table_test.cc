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

}  // namespace
}  // namespace renown::aggregate
