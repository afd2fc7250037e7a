#include "aggregate/account_names.h"

#include <map>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "base/hash.h"

namespace renown::aggregate {
namespace {

using Key = std::pair<std::string, std::string>;

/// Names are asked for as of a sorted map.
void expect(const std::vector<Key>& keys) {
  auto accounts = std::make_unique<AccountTable>();
  std::map<Key, AccountId> wanted;
  for (const auto& [network, account] : keys) {
    accounts->intern(network, account);
    wanted[{network, account}] = 0;
  }
  auto order = std::make_unique<AccountOrder>(*accounts);
  const AccountNames names(std::move(accounts), std::move(order));
  ASSERT_EQ(names.size(), wanted.size());
  AccountId rank = 0;
  for (const auto& [key, unused] : wanted) {
    EXPECT_EQ(names[rank].network, key.first);
    EXPECT_EQ(names[rank].account, key.second);
    EXPECT_EQ(names.find(key.first, key.second), rank);
    ++rank;
  }
  EXPECT_FALSE(names.find("forum", "nobody"));
  EXPECT_FALSE(names.find("", ""));
  EXPECT_FALSE(names.find("zzz", "zzz"));
}

TEST(AccountNames, holds_what_the_table_held) {
  expect({});
  expect({{"forum", "hazel"}});
  expect({{"forum", "odell"}, {"chirp", "hazel"}, {"forum", "hazel"}, {"forum", "hazel"}, {"for", "umhazel"}});
  expect({{std::string(300, 'n'), "of a long network"}, {std::string(254, 'n'), "a"}, {std::string(255, 'n'), "a"}});
}

TEST(AccountNames, holds_many) {
  std::vector<Key> keys;
  for (std::uint64_t i = 0; i < 5'000; ++i)
    keys.emplace_back(i % 3 == 0 ? "forum" : "chirp", std::to_string(base::mix64(i) >> i % 60));
  expect(keys);
}

}  // namespace
}  // namespace renown::aggregate
