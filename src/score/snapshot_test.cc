#include "score/snapshot.h"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "aggregate/intake.h"
#include "base/spill_area.h"
#include "model/interaction_block.h"
#include "score/model_file.h"
#include "score/sweep.h"

namespace renown::score {
namespace {

constexpr std::int64_t kAsOf = 1'769'817'600;  // 2026-01-31T00:00:00Z

const ScoreModel& model() {
  static const ScoreModel kModel = *parse_model(shipped_model(kDefaultModel), "renown-0.1");
  return kModel;
}

/// Nobody here is taken for a farm.
AccountSet all_actors() {
  AccountSet actors;
  for (int i = 0; i < 200; ++i) actors.insert({"forum", "a" + std::to_string(i)});
  return actors;
}

/// Target t<n> gets likes of n people a day before kAsOf, for n below `targets`.
ScoreSheet sheet_of(int targets, const PeopleMap& people, const ScoreModel& by = model(), std::int64_t as_of = kAsOf) {
  static const AccountSet kActors = all_actors();
  base::SpillArea area(1 << 26, testing::TempDir());
  aggregate::Intake intake(people, area);
  model::InteractionBlock block;
  for (int target = 0; target < targets; ++target) {
    const std::string name = "t" + std::to_string(target);
    for (int i = 0; i < target; ++i) {
      const std::string actor = "a" + std::to_string(i);
      block.push({.time = kAsOf - 86'400 + i,
                  .kind = Kind::like,
                  .network = "forum",
                  .actor = actor,
                  .target = name,
                  .post = {},
                  .id = {},
                  .tags = {}});
    }
  }
  intake.add(block);
  intake.finish();
  auto sheet =
      sweep_scores(intake, area, {.model = by, .as_of = as_of, .people = people, .pardoned = kActors, .threads = 1},
                   [](std::string_view, std::uint64_t, std::uint64_t) { return true; });
  EXPECT_TRUE(sheet);
  return std::move(*sheet);
}

TEST(Snapshot, finds_the_score_of_an_account) {
  const PeopleMap nobody;
  const Snapshot snapshot(sheet_of(10, nobody));
  EXPECT_FALSE(snapshot.find("forum", "nobody"));
  EXPECT_FALSE(snapshot.find("elsewhere", "t9"));
  const auto nine = snapshot.find("forum", "t9");
  ASSERT_TRUE(nine);
  EXPECT_EQ(snapshot.score(*nine), snapshot.card(*nine).score);
  const auto two = snapshot.find("forum", "t2");  // two people are not enough
  ASSERT_TRUE(two);
  EXPECT_TRUE(std::isnan(snapshot.score(*two)));
  const auto actor = snapshot.find("forum", "a0");  // nobody engaged with
  ASSERT_TRUE(actor);
  EXPECT_TRUE(std::isnan(snapshot.score(*actor)));
}

TEST(Snapshot, lists_the_top_and_no_more_than_there_are) {
  const PeopleMap nobody;
  const Snapshot snapshot(sheet_of(10, nobody));
  EXPECT_TRUE(snapshot.top(0).empty());
  EXPECT_EQ(snapshot.top(100).size(), 9u);  // t0 has nobody
  EXPECT_EQ(snapshot.sheet().account(snapshot.top(1)[0]).account, "t9");
  EXPECT_EQ(snapshot.sheet().account(snapshot.top(3)[2]).account, "t7");
}

TEST(Snapshot, tells_where_somebody_stands_here_once_there_are_a_hundred) {
  const PeopleMap nobody;
  EXPECT_FALSE(Snapshot(sheet_of(102, nobody)).percentile_here(5.0));  // t3 ... t101: 99 are scored
  const Snapshot snapshot(sheet_of(103, nobody));
  const double highest = snapshot.card(*snapshot.find("forum", "t102")).raw;
  EXPECT_EQ(snapshot.percentile_here(highest), 100.0);
  EXPECT_EQ(snapshot.percentile_here(0.0), 0.0);
  EXPECT_EQ(snapshot.percentile_here(snapshot.card(*snapshot.find("forum", "t52")).raw), 50.0);
}

TEST(Snapshot, counts_a_person_with_two_accounts_once) {
  const PeopleMap linked = {{{"forum", "t101"}, "Robin"}, {{"forum", "t102"}, "Robin"}};
  EXPECT_FALSE(Snapshot(sheet_of(103, linked)).percentile_here(5.0));  // 98 people and Robin
}

TEST(Snapshot, keeps_points_that_were_published) {
  const PeopleMap nobody;
  const Snapshot first(sheet_of(10, nobody));
  const Snapshot second(sheet_of(11, nobody, model(), kAsOf + 86'400), &first);
  const Snapshot third(sheet_of(12, nobody, model(), kAsOf + 2 * 86'400), &second);
  const auto nine = *third.find("forum", "t9");
  ASSERT_EQ(third.history(nine).size(), 2u);
  EXPECT_EQ(third.history(nine)[0].as_of, kAsOf);
  EXPECT_EQ(third.history(nine)[0].score, first.score(*first.find("forum", "t9")));
  EXPECT_EQ(third.history(nine)[1].as_of, kAsOf + 86'400);
  EXPECT_EQ(third.history(*third.find("forum", "t10")).size(), 1u);  // not there before the second
  EXPECT_EQ(third.history(*third.find("forum", "t11")).size(), 0u);
  EXPECT_EQ(third.history(*third.find("forum", "t2")).size(), 0u);  // never scored
}

TEST(Snapshot, begins_a_new_series_with_a_new_model) {
  const PeopleMap nobody;
  ScoreModel other = model();
  other.name = "renown-0.2";
  const Snapshot first(sheet_of(10, nobody));
  const Snapshot second(sheet_of(10, nobody, other, kAsOf + 86'400), &first);
  EXPECT_TRUE(second.history(*second.find("forum", "t9")).empty());
}

}  // namespace
}  // namespace renown::score
