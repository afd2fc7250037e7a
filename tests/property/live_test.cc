// One more row, live: the cards of a whole run of all rows, to the bit.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "random_world.h"
#include "same_card.h"
#include "score/explain.h"
#include "score/live_scores.h"

namespace renown::property {
namespace {

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
      if (person) expect_same_card(live.card(account.network, account.account), run.cards[*person]);
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
