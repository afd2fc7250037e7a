#include "evaluate/enrolment.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "base/hash.h"

namespace renown::evaluate {
namespace {

using aggregate::EventTable;

Interaction like(const std::string& actor, const std::string& target, std::int64_t time = 1'000) {
  return {.time = time,
          .kind = Kind::like,
          .network = "forum",
          .actor = actor,
          .target = target,
          .post = {},
          .id = {},
          .tags = {}};
}

/// `villages` of 50 people each; everyone engages with ten of their own village and nobody else.
EventTable villages(int count) {
  EventTable events;
  for (int village = 0; village < count; ++village) {
    for (int person = 0; person < 50; ++person) {
      for (int step = 1; step <= 10; ++step) {
        const auto name = [&](int who) { return "v" + std::to_string(village) + "-" + std::to_string(who % 50); };
        events.add(like(name(person), name(person + step)));
      }
    }
  }
  return events;
}

std::size_t verified_count(const EventTable& events, double share, Enrolment enrolment, std::uint64_t seed = 1) {
  return draw_verified(events, share, enrolment, seed).size();
}

TEST(Enrolment, names) {
  EXPECT_EQ(parse_enrolment("random"), Enrolment::random);
  EXPECT_EQ(parse_enrolment("spread"), Enrolment::spread);
  EXPECT_EQ(parse_enrolment(""), std::nullopt);
  EXPECT_EQ(parse_enrolment("Random"), std::nullopt);
  EXPECT_EQ(enrolment_name(Enrolment::spread), "spread");
}

TEST(Enrolment, nobody_and_everybody) {
  const EventTable none;
  const EventTable some = villages(4);
  for (const Enrolment enrolment : {Enrolment::random, Enrolment::spread}) {
    EXPECT_EQ(verified_count(none, 0.5, enrolment), 0u);
    EXPECT_EQ(verified_count(some, 0.0, enrolment), 0u);
    EXPECT_EQ(verified_count(some, 1.0, enrolment), 200u);
  }
}

TEST(Enrolment, spread_reaches_the_share_exactly_on_any_graph) {
  EXPECT_EQ(verified_count(villages(40), 0.1, Enrolment::spread), 200u);
  EventTable strangers;  // nobody has to do with anybody: all must be founders
  for (int i = 0; i < 1000; ++i) {
    strangers.add({.time = 1,
                   .kind = Kind::post,
                   .network = "forum",
                   .actor = std::to_string(i),
                   .target = {},
                   .post = {},
                   .id = {},
                   .tags = {}});
  }
  EXPECT_EQ(verified_count(strangers, 0.25, Enrolment::spread), 250u);
  EventTable alone;  // acts on oneself are no acquaintance
  alone.add(like("ada", "ada"));
  EXPECT_EQ(verified_count(alone, 1.0, Enrolment::spread), 1u);
}

TEST(Enrolment, random_reaches_the_share_about_and_smaller_shares_are_subsets) {
  const EventTable events = villages(200);  // 10,000 accounts
  const AccountSet tenth = draw_verified(events, 0.1, Enrolment::random, 1);
  const AccountSet fiftieth = draw_verified(events, 0.02, Enrolment::random, 1);
  EXPECT_NEAR(static_cast<double>(tenth.size()), 1000.0, 5 * 30.0);  // five standard deviations
  EXPECT_NEAR(static_cast<double>(fiftieth.size()), 200.0, 5 * 14.0);
  EXPECT_TRUE(std::ranges::includes(tenth, fiftieth));
}

TEST(Enrolment, order_of_rows_and_account_numbers_do_not_matter) {
  const EventTable events = villages(20);
  EventTable backwards;
  for (auto event = events.events().rbegin(); event != events.events().rend(); ++event) {
    backwards.add(like(std::string(events.accounts()[event->actor].account),
                       std::string(events.accounts()[event->target].account)));
  }
  for (const Enrolment enrolment : {Enrolment::random, Enrolment::spread}) {
    EXPECT_EQ(draw_verified(events, 0.1, enrolment, 7), draw_verified(backwards, 0.1, enrolment, 7));
    EXPECT_NE(draw_verified(events, 0.1, enrolment, 7), draw_verified(events, 0.1, enrolment, 8));
  }
}

TEST(Enrolment, accounts_without_rows_are_not_drawn) {
  EventTable events = villages(2);
  events.events().resize(10);  // one person and ten whom they like
  EXPECT_EQ(verified_count(events, 1.0, Enrolment::random), 11u);
  EXPECT_EQ(verified_count(events, 1.0, Enrolment::spread), 11u);
}

/// How many pairs of verified people have to do with each other.
std::size_t verified_ties(const EventTable& events, const AccountSet& verified) {
  const auto is_verified = [&](aggregate::AccountId id) {
    return verified.contains({"forum", std::string(events.accounts()[id].account)});
  };
  return static_cast<std::size_t>(std::ranges::count_if(events.events(), [&](const aggregate::Event& event) {
    return is_verified(event.actor) && is_verified(event.target);
  }));
}

TEST(Enrolment, spread_is_clustered) {
  const EventTable events = villages(200);
  const std::size_t at_random = verified_ties(events, draw_verified(events, 0.05, Enrolment::random, 3));
  const std::size_t spread = verified_ties(events, draw_verified(events, 0.05, Enrolment::spread, 3));
  EXPECT_GT(spread, 3 * at_random);
}

}  // namespace
}  // namespace renown::evaluate
