// One more row, live: the cards of a whole run of all rows, to the bit.
#include <bit>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "random_world.h"
#include "score/explain.h"
#include "score/live_scores.h"

namespace renown::property {
namespace {

bool same_bits(const std::optional<double>& a, const std::optional<double>& b) {
  return a.has_value() == b.has_value() && (!a || std::bit_cast<std::uint64_t>(*a) == std::bit_cast<std::uint64_t>(*b));
}

void expect_same(const ScoreCard& live, const ScoreCard& wanted) {
  for (const auto field :
       {&ScoreCard::score, &ScoreCard::vouched_score, &ScoreCard::percentile, &ScoreCard::vouched_raw,
        &ScoreCard::score_low, &ScoreCard::score_high, &ScoreCard::bound_raw, &ScoreCard::bound_score})
    RC_ASSERT(same_bits(live.*field, wanted.*field));
  for (const auto field : {&ScoreCard::raw, &ScoreCard::amplification, &ScoreCard::coverage})
    RC_ASSERT(same_bits(live.*field, wanted.*field));
  RC_ASSERT(live.reach == wanted.reach);
  RC_ASSERT(live.interactions == wanted.interactions);
}

/// A world of which the first rows were scored by a run, and the others came one by one.
void compare(World world, const ScoreModel& by) {
  const std::size_t before = *rc::gen::inRange<std::size_t>(0, world.rows.size() + 1);
  aggregate::EventTable events;
  for (std::size_t i = 0; i < before; ++i) events.add(world.rows[i].view());
  const score::Lists lists{.people = &world.lists.people,
                           .verified = world.lists.verified ? &*world.lists.verified : nullptr,
                           .farm = nullptr};
  score::LiveScores live(std::move(events), lists, by, kAsOf, 1);
  World so_far = world;
  so_far.rows.resize(before);
  for (std::size_t i = before; i < world.rows.size(); ++i) {
    if (!live.add(world.rows[i].view())) return;  // people are numbered anew: the next run takes it
    so_far.rows.push_back(world.rows[i]);
    if (i % 3 != 0 && i + 1 < world.rows.size()) continue;
    const auto run = score(so_far, by);
    for (const Account& account : accounts()) {
      const auto person = score::find_person(run, account);
      if (person) expect_same(live.card(account.network, account.account), run.cards[*person]);
    }
  }
}

TEST(Live, a_row_more_gives_the_cards_of_a_whole_run) {
  EXPECT_TRUE(rc::check("protected", [] { compare(any_world(true), model()); }));
  EXPECT_TRUE(rc::check("unprotected", [] { compare(any_world(false), model()); }));
}

TEST(Live, does_so_under_other_weights) {
  ScoreModel uneven = model();
  for (std::size_t kind = 0; kind < kEngagementKinds; ++kind)
    uneven.kind_weight[kind] = 1.0 - 0.07 * static_cast<double>(kind);
  uneven.network_weight["forum"] = 0.5;
  uneven.standing_weight = 0.9;
  EXPECT_TRUE(rc::check("protected", [&] { compare(any_world(true), uneven); }));
}

}  // namespace
}  // namespace renown::property
