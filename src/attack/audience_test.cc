#include "attack/audience.h"

#include <gtest/gtest.h>

#include "attack/test_world.h"

namespace renown::attack {
namespace {

TEST(Audience, of_a_log_without_scores_is_zero_but_for_what_acts_draw) {
  EventTable rows;
  rows.add(act("ada", "bob", kAsOf - 10));
  rows.add(act("bob", "ada", kAsOf - 20));
  rows.order_accounts();
  const TestWorld test(std::move(rows), {});
  const Audience& audience = test.world.audience();
  EXPECT_EQ(audience.received_per_own_act, 1.0);
  EXPECT_EQ(audience.scored_received_per_own_act, 0.0);
  EXPECT_EQ(audience.scored_received_per_day, 0.0);
  EXPECT_EQ(audience.scored_engagers, 0.0);
}

/// hazel posts twice in three days and draws four likes by three people on two of them; the three do nothing else.
TEST(Audience, by_hand) {
  EventTable rows;
  const auto post = [&](std::int64_t time) {
    rows.add({.time = time,
              .kind = Kind::post,
              .network = "forum",
              .actor = "hazel",
              .target = {},
              .post = {},
              .id = {},
              .tags = {}});
  };
  const std::int64_t midnight = kAsOf / kDay * kDay;
  post(midnight - 3 * kDay);
  post(midnight - 3 * kDay + 5);
  rows.add(act("ada", "hazel", midnight - 3 * kDay + 10));
  rows.add(act("bob", "hazel", midnight - 2 * kDay));
  rows.add(act("ada", "hazel", midnight - 2 * kDay + 1));
  rows.add(act("cyd", "hazel", midnight - 2 * kDay + 2));
  rows.add(act("hazel", "nobody", midnight - kDay, Kind::follow));  // no own act
  rows.order_accounts();
  const TestWorld test(std::move(rows), {});
  const Audience& audience = test.world.audience();
  EXPECT_EQ(audience.received_per_own_act, 0.0);  // of four people who act, three draw nothing
  EXPECT_EQ(audience.scored_received_per_own_act, 2.0);
  EXPECT_EQ(audience.scored_received_per_day, 2.0);
  EXPECT_EQ(audience.scored_engagers, 3.0);
}

}  // namespace
}  // namespace renown::attack
