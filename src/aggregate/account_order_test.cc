#include "aggregate/account_order.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace renown::aggregate {
namespace {

// Short names over few letters: many begin alike, and many are the beginning of another.
std::string any_name() {
  return *rc::gen::container<std::string>(rc::gen::element('a', 'b', '\x01', '\xff'));
}

TEST(AccountOrder, is_the_same_whether_a_part_of_it_was_known) {
  EXPECT_TRUE(rc::check([] {
    AccountTable accounts;
    const auto add = [&](int count) {
      for (int i = 0; i < count; ++i) accounts.intern("n" + any_name(), "a" + any_name());
    };
    add(*rc::gen::inRange(0, 60));
    const AccountOrder first(accounts);
    const std::vector<AccountId> known(first.at_ranks().begin(), first.at_ranks().end());
    add(*rc::gen::inRange(0, 60));
    std::vector<AccountId> wanted(accounts.size());
    for (AccountId id = 0; id < accounts.size(); ++id) wanted[id] = id;
    std::ranges::sort(wanted, {}, [&](AccountId id) { return accounts.key(id); });
    for (const AccountOrder& order : {AccountOrder(accounts), AccountOrder(accounts, known)}) {
      RC_ASSERT(std::ranges::equal(order.at_ranks(), wanted));
      for (AccountId rank = 0; rank < order.size(); ++rank) RC_ASSERT(order.rank_of(wanted[rank]) == rank);
    }
  }));
}

}  // namespace
}  // namespace renown::aggregate
