// Explanations and changes: their parts add up, and each has the right name.
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "aggregate/acts.h"
#include "score/change.h"
#include "score/explain.h"
#include "score/ledger.h"
#include "score/model_file.h"
#include "score/points.h"

namespace renown::score {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kNow = 20'000 * kDay;

/// A small log and its lists, scored at any time.
struct World {
  std::vector<Interaction> rows;
  PeopleMap people;
  AccountSet verified;
  AccountSet farm;
  bool has_list = true;

  World& act(std::int64_t days_ago, Kind kind, std::string_view actor, std::string_view target,
             std::string_view id = "", std::string_view tags = "") {
    rows.push_back({.time = kNow - days_ago * kDay - 1,
                    .kind = kind,
                    .network = "n",
                    .actor = actor,
                    .target = target,
                    .post = "p",
                    .id = id,
                    .tags = tags});
    return *this;
  }

  ScoreRun score(std::int64_t days_ago = 0) const {
    aggregate::EventTable events;
    for (const Interaction& row : rows) events.add(row);
    const std::int64_t as_of = kNow - days_ago * kDay;
    return score_acts(aggregate::derive_acts(std::move(events), people, as_of, 7 * kDay),
                      {.people = &people, .verified = has_list ? &verified : nullptr, .farm = &farm},
                      *parse_model(shipped_model(kDefaultModel), "renown-0.1"), as_of, 1);
  }
};

World town() {
  World world;
  world.act(1, Kind::like, "ann", "hazel", "", "rust bread")
      .act(3, Kind::reply, "bob", "hazel", "", "rust")
      .act(20, Kind::repost, "cat", "hazel");
  world.act(2, Kind::like, "dan", "ann").act(2, Kind::like, "bob", "ann").act(200, Kind::like, "old", "hazel");
  world.verified = {{"n", "ann"}, {"n", "bob"}, {"n", "dan"}};
  return world;
}

PersonId person(const ScoreRun& run, const char* name) {
  return *find_person(run, {"n", name});
}

double sum(const std::vector<Part>& parts) {
  double total = 0;
  for (const Part& part : parts) total += part.contribution;
  return total;
}

TEST(Explain, every_roll_up_sums_to_the_raw_score) {
  const World world = town();
  const ScoreRun run = world.score();
  const Explanation why = explain(run, person(run, "hazel"));
  for (const auto* parts : {&why.posts, &why.networks, &why.kinds, &why.tags, &why.days})
    EXPECT_NEAR(sum(*parts), why.card.raw, 1e-12);
  EXPECT_NEAR(why.engaged.vouched + why.unvouched_counted, why.card.raw, 1e-12);
  EXPECT_EQ(why.verified_engagers, 2u);
  EXPECT_EQ(why.unverified_engagers, 1u);
  EXPECT_EQ(why.forgotten_engagers, 1u);
  EXPECT_GT(why.faded, 0.0);
  ASSERT_EQ(why.tags.size(), 3u);  // rust, bread, and no tag
}

TEST(Explain, points_lost_are_an_exact_recompute) {
  const World world = town();
  const ScoreRun run = world.score();
  const Explanation why = explain(run, person(run, "hazel"));
  const Scale scale(run.model);
  for (const EngagerReason& reason : why.engagers) {
    World without = world;
    const auto actor = run.log.accounts[reason.line.actor].account;
    std::erase_if(without.rows, [&](const Interaction& row) { return row.actor == actor && row.target == "hazel"; });
    const ScoreRun rerun = without.score();
    const double raw = rerun.cards[person(rerun, "hazel")].raw;
    EXPECT_NEAR(reason.points_lost, scale.points(run.cards[person(run, "hazel")].raw) - scale.points(raw), 1e-9)
        << actor;
  }
}

TEST(Explain, an_account_with_nothing_has_an_empty_card) {
  const World world = town();
  const ScoreRun run = world.score();
  const Explanation why = explain(run, person(run, "cat"));
  EXPECT_EQ(why.card.interactions, 0u);
  EXPECT_TRUE(why.engagers.empty());
  EXPECT_FALSE(find_person(run, {"n", "nobody"}).has_value());
  EXPECT_FALSE(find_person(run, {"m", "ann"}).has_value());
}

/// The sum of each reason in the change of hazel between two worlds, one seen a week ago.
struct Reasons {
  Change change;
  double operator[](ChangeReason reason) const { return change.by_reason[static_cast<std::size_t>(reason)]; }
};

Reasons since_a_week(const World& then, const World& now) {
  const ScoreRun before = then.score(7);
  const ScoreRun after = now.score();
  Reasons reasons{compare_runs(before, after, {"n", "hazel"})};
  EXPECT_NEAR(reasons.change.total(), reasons.change.after.raw - reasons.change.before.raw, 1e-12);
  return reasons;
}

Reasons since_a_week(const World& world) {
  return since_a_week(world, world);
}

World base() {
  World world;
  world.act(30, Kind::like, "ann", "hazel").act(30, Kind::like, "bob", "hazel").act(30, Kind::like, "cat", "hazel");
  world.verified = {{"n", "ann"}};
  return world;
}

TEST(Change, a_quiet_week_is_fading_alone_and_what_room_is_left) {
  const auto reasons = since_a_week(base());
  EXPECT_LT(reasons[ChangeReason::faded], 0);
  EXPECT_EQ(reasons[ChangeReason::new_engager], 0);
  EXPECT_EQ(reasons[ChangeReason::renewed], 0);
}

TEST(Change, a_first_act_is_a_new_engager_and_a_second_one_renews) {
  const auto reasons = since_a_week(base().act(1, Kind::like, "dan", "hazel").act(1, Kind::reply, "bob", "hazel"));
  EXPECT_GT(reasons[ChangeReason::new_engager], 0);
  EXPECT_GT(reasons[ChangeReason::renewed], 0);
}

TEST(Change, an_act_that_is_taken_back_is_withdrawn) {
  const auto reasons = since_a_week(base().act(20, Kind::like, "dan", "hazel", "7").act(1, Kind::undo, "dan", "", "7"));
  EXPECT_LT(reasons[ChangeReason::withdrawn], 0);
}

TEST(Change, verified_and_no_longer_verified) {
  World later = base();
  later.verified = {{"n", "bob"}};
  const auto reasons = since_a_week(base(), later);
  EXPECT_GT(reasons[ChangeReason::verified], 0);
  EXPECT_NE(reasons[ChangeReason::unverified], 0);
}

TEST(Change, linking_two_engagers_makes_one_person_of_them) {
  World later = base();
  later.people = {{{"n", "bob"}, "Bob"}, {{"n", "cat"}, "Bob"}};
  EXPECT_LT(since_a_week(base(), later)[ChangeReason::links], 0);
}

TEST(Change, linking_an_engager_to_the_target_takes_their_acts_away) {
  World later = base();
  later.people = {{{"n", "bob"}, "Hazel"}, {{"n", "hazel"}, "Hazel"}};
  EXPECT_LT(since_a_week(base(), later)[ChangeReason::links], 0);
}

TEST(Change, a_farm_finding_and_its_pardon) {
  World later = base();
  later.farm = {{"n", "cat"}};
  EXPECT_LT(since_a_week(base(), later)[ChangeReason::farm], 0);
  EXPECT_GT(since_a_week(later, base())[ChangeReason::farm], 0);
}

TEST(Change, an_engager_of_more_standing_is_a_line_of_its_own) {
  World world = base().act(1, Kind::like, "dan", "ann");
  world.verified.insert({"n", "dan"});
  EXPECT_GT(since_a_week(world)[ChangeReason::standing], 0);
}

TEST(Change, more_vouched_engagement_opens_room) {
  World world = base();
  for (const char* name : {"u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9"})
    world.act(30, Kind::like, name, "hazel");
  world.verified.insert({"n", "dan"});
  EXPECT_GT(since_a_week(world.act(1, Kind::like, "dan", "hazel"))[ChangeReason::room], 0);
}

TEST(Change, somebody_who_was_not_there_before_comes_from_nothing) {
  World world;
  world.act(1, Kind::like, "ann", "hazel");
  const ScoreRun before = world.score(7);
  const ScoreRun after = world.score();
  const Change change = compare_runs(before, after, {"n", "hazel"});
  EXPECT_EQ(change.before.interactions, 0u);
  EXPECT_NEAR(change.total(), change.after.raw, 1e-12);
}

}  // namespace
}  // namespace renown::score
