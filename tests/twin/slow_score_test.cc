#include "twin/slow_score.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace renown::twin {
namespace {

constexpr std::int64_t kAsOf = 1'769'817'600;  // 2026-01-31T00:00:00Z
constexpr std::int64_t kDay = kSecondsPerDay;

// Worked out apart from this program, with 40 digits: an act that is 30 days old weighs kWeight30, from a returning
// engager kLoyal30; the decay at 30 days is .0512709425 (7 days half-life) and 31/63 (30 days half-life).
constexpr double kWeight30 = 0.1732545188775879557834;
constexpr double kLoyal30 = 0.2716672172902863684819;
constexpr double kNear = 1e-12;

/// An act `age` seconds before as_of on the network chirp.
Row act(std::int64_t age, Kind kind, std::string actor, std::string target, std::string post = {},
        std::string id = {}) {
  return {kAsOf - age, kind, "chirp", std::move(actor), std::move(target), std::move(post), std::move(id), {}};
}

Row on(std::string network, Row row) {
  row.network = std::move(network);
  return row;
}

Row like(std::int64_t age, std::string actor, std::string target) {
  return act(age, Kind::like, std::move(actor), std::move(target));
}

/// Every person in group 0: worlds that do not look at the interval.
std::uint64_t one_group(const std::string&) {
  return 0;
}

World world_of(std::vector<Row> rows) {
  return {.rows = std::move(rows), .as_of = kAsOf, .hash = one_group};
}

World verified_world(std::vector<Row> rows, std::set<Account> verified) {
  World world = world_of(std::move(rows));
  world.verified = std::move(verified);
  return world;
}

/// The card of chirp:NAME; a test that asks for a card that is not there fails.
Card card(const Scores& scores, const std::string& name, const std::string& network = "chirp") {
  for (const Card& one : scores.cards) {
    if (one.account == Account{network, name}) return one;
  }
  ADD_FAILURE() << "no card of " << network << ":" << name;
  return {};
}

LedgerRow ledger_row(const Scores& scores, const std::string& actor, const std::string& target) {
  for (const LedgerRow& row : scores.ledger) {
    if (row.actor.account == actor && row.account.account == target) return row;
  }
  ADD_FAILURE() << "no ledger row of " << actor << " for " << target;
  return {};
}

// ---- the parts ------------------------------------------------------------------------------------------------------

TEST(Fading, IsOneAtOnceAndZeroAtTheEdge) {
  const Constants c;
  const struct {
    double age_days, half_life_days, wanted;
  } cases[] = {
      {0, 7, 1},           {180, 7, 0},        {0, 30, 1},          {180, 30, 0},        {30, 30, 31.0 / 63},
      {60, 30, 15.0 / 63}, {90, 30, 7.0 / 63}, {120, 30, 3.0 / 63}, {150, 30, 1.0 / 63}, {7, 7, 0.49999999091764035562},
  };
  for (const auto& [age, half_life, wanted] : cases) {
    EXPECT_NEAR(fading(age, half_life, c), wanted, kNear) << age << " days, half-life " << half_life;
  }
}

TEST(Points, GrowByTheSameStepWithEachTenfold) {
  const Constants c;
  const struct {
    double attention, wanted;
  } cases[] = {{0, 1}, {1, 5.96699456893281}, {10, 18.1829780613625}, {1e6, 100}, {1e12, 100}};
  for (const auto& [attention, wanted] : cases) EXPECT_NEAR(points(attention, c), wanted, 1e-11) << attention;
  EXPECT_NEAR(points(1e5, c) - points(1e4, c), 16.5, 0.01);
}

TEST(KindNames, StandInTheOrderOfTheSpecification) {
  const std::vector<std::string> order = {"endorse", "tip",     "quote",   "repost", "review",
                                          "reply",   "comment", "mention", "star",   "like"};
  for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(kKindNames[i], order[i]);
}

// ---- none, one, floor -----------------------------------------------------------------------------------------------

TEST(SlowScore, OfNothingIsNothing) {
  const Scores scores = slow_score(world_of({}));
  EXPECT_TRUE(scores.cards.empty());
  EXPECT_TRUE(scores.ledger.empty());
  EXPECT_EQ(scores.dropped, Dropped{});
}

TEST(SlowScore, PostsAndFollowsAreWorthNothing) {
  const Scores scores = slow_score(world_of({act(kDay, Kind::post, "ann", ""), act(kDay, Kind::follow, "bob", "ann")}));
  EXPECT_TRUE(scores.cards.empty());
  EXPECT_EQ(scores.dropped, Dropped{.weight_0 = 2});
}

TEST(SlowScore, OneEngagerIsNotEnoughData) {
  const Card ann = card(slow_score(world_of({like(30 * kDay, "bob", "ann")})), "ann");
  EXPECT_NEAR(ann.raw, kWeight30, kNear);
  EXPECT_EQ(ann.reach, 1U);
  EXPECT_EQ(ann.interactions, 1U);
  EXPECT_NEAR(ann.coverage, 1.0 / 3, kNear);
  EXPECT_EQ(ann.amplification, 0);
  EXPECT_FALSE(ann.score || ann.score_low || ann.score_high);
  EXPECT_FALSE(ann.vouched_raw || ann.vouched_score || ann.bound_raw || ann.bound_score);
}

TEST(SlowScore, ThreeEngagersAreEnough) {
  const Scores scores = slow_score(
      world_of({like(30 * kDay, "bob", "ann"), like(30 * kDay, "cat", "ann"), like(30 * kDay, "dan", "ann")}));
  const Card ann = card(scores, "ann");
  EXPECT_NEAR(ann.raw, 3 * kWeight30, kNear);
  EXPECT_NEAR(ann.score.value(), 3.999304213193880845, 1e-11);
  EXPECT_EQ(ann.coverage, 1);
  EXPECT_NEAR(ledger_row(scores, "bob", "ann").contribution, kWeight30, kNear);
  EXPECT_FALSE(ledger_row(scores, "bob", "ann").vouched_contribution);
}

// ---- time -----------------------------------------------------------------------------------------------------------

TEST(Window, EndsExactlyAt180Days) {
  const Scores scores = slow_score(world_of({like(180 * kDay, "bob", "ann"), like(180 * kDay - 1, "bob", "cat")}));
  EXPECT_EQ(card(scores, "ann").reach, 0U);
  EXPECT_EQ(card(scores, "ann").raw, 0);
  EXPECT_EQ(card(scores, "ann").interactions, 1U) << "acts of any age are counted";
  EXPECT_EQ(card(scores, "cat").reach, 1U);
  EXPECT_GT(card(scores, "cat").raw, 0);
  EXPECT_LT(card(scores, "cat").raw, 1e-7);
  EXPECT_EQ(scores.ledger.size(), 1U) << "nothing in the window, no ledger row";
}

TEST(AsOf, LeavesOutWhatIsAtOrAfterIt) {
  const Scores scores = slow_score(
      world_of({like(0, "bob", "ann"), like(-5, "bob", "ann"), like(1, "bob", "ann"), like(0, "bob", "cat")}));
  EXPECT_EQ(scores.dropped, Dropped{.future = 3});
  EXPECT_EQ(scores.cards.size(), 1U);
  EXPECT_EQ(card(scores, "ann").interactions, 1U);
}

TEST(AsOf, LeavesOutAnUndoToo) {
  const Scores scores = slow_score(world_of({like(10, "bob", "ann"), act(0, Kind::undo, "bob", "ann")}));
  EXPECT_EQ(scores.dropped, Dropped{.future = 1});
  EXPECT_EQ(card(scores, "ann").interactions, 1U);
}

TEST(LoyalSpan, MustBeLongerThanSevenDays) {
  const struct {
    std::int64_t first_age;
    double wanted;
  } cases[] = {
      {30 * kDay, kWeight30}, {37 * kDay, kWeight30}, {37 * kDay + 1, kLoyal30},
      {179 * kDay, kLoyal30}, {400 * kDay, kLoyal30},  // the first act in the whole log, not in the window
  };
  for (const auto& [first_age, wanted] : cases) {
    const Scores scores = slow_score(world_of({like(30 * kDay, "bob", "ann"), like(first_age, "bob", "ann")}));
    EXPECT_NEAR(card(scores, "ann").raw, wanted, kNear) << first_age;
  }
}

TEST(Volume, AddsNothing) {
  std::vector<Row> rows;
  for (std::int64_t i = 0; i < 100; ++i) rows.push_back(like(30 * kDay + i, "bob", "ann"));
  const Card ann = card(slow_score(world_of(rows)), "ann");
  EXPECT_NEAR(ann.raw, kWeight30, kNear);
  EXPECT_EQ(ann.interactions, 100U);
  EXPECT_EQ(ann.reach, 1U);
}

// ---- undo and twins -------------------------------------------------------------------------------------------------

TEST(Undo, WithdrawsWhatItNames) {
  const struct {
    std::string what;
    std::vector<Row> rows;
    std::size_t withdrawn, kept;
  } cases[] = {
      {"by id, whatever the post and target",
       {act(20, Kind::like, "bob", "ann", "p", "7"), act(10, Kind::undo, "bob", "", "", "7")},
       1,
       0},
      {"another actor's undo has no effect",
       {act(20, Kind::like, "bob", "ann", "p", "7"), act(10, Kind::undo, "cat", "", "", "7")},
       0,
       1},
      {"another network's undo has no effect",
       {act(20, Kind::like, "bob", "ann", "p", "7"), on("forum", act(10, Kind::undo, "bob", "", "", "7"))},
       0,
       1},
      {"without an id: target and post, all rows before",
       {act(30, Kind::like, "bob", "ann", "p", "6"), act(20, Kind::reply, "bob", "ann", "p", "7"),
        act(10, Kind::undo, "bob", "ann", "p")},
       2,
       0},
      {"without an id: another post stays",
       {act(20, Kind::like, "bob", "ann", "q"), act(10, Kind::undo, "bob", "ann", "p")},
       0,
       1},
      {"without an id: another target stays",
       {act(20, Kind::like, "bob", "cat", "p"), act(10, Kind::undo, "bob", "ann", "p")},
       0,
       1},
      {"with an id, a row without one stays",
       {act(20, Kind::like, "bob", "ann", "p"), act(10, Kind::undo, "bob", "ann", "p", "7")},
       0,
       1},
      {"at equal seconds the undo loses",
       {act(10, Kind::like, "bob", "ann", "p"), act(10, Kind::undo, "bob", "ann", "p")},
       0,
       1},
      {"a later row stands again",
       {act(20, Kind::like, "bob", "ann", "p"), act(10, Kind::undo, "bob", "ann", "p"),
        act(5, Kind::like, "bob", "ann", "p")},
       1,
       1},
      {"an undo is not undone",
       {act(20, Kind::like, "bob", "ann", "p", "7"), act(10, Kind::undo, "bob", "", "", "7"),
        act(5, Kind::undo, "bob", "", "", "7")},
       1,
       0},
  };
  for (const auto& [what, rows, withdrawn, kept] : cases) {
    std::vector<Row> reversed(rows.rbegin(), rows.rend());
    for (const auto& order : {rows, reversed}) {
      const Scores scores = slow_score(world_of(order));
      EXPECT_EQ(scores.dropped.withdrawn, withdrawn) << what;
      EXPECT_EQ(scores.kept, kept) << what;
    }
  }
}

TEST(Undo, ActsBeforeTwinsAreMerged) {
  // The reply is withdrawn; the mention that was logged with it stands alone.
  const Scores scores =
      slow_score(world_of({act(20, Kind::reply, "bob", "ann", "p", "7"), act(20, Kind::mention, "bob", "ann", "p", "8"),
                           act(10, Kind::undo, "bob", "", "", "7")}));
  EXPECT_EQ(scores.dropped, (Dropped{.withdrawn = 1, .weight_0 = 1}));
  EXPECT_EQ(ledger_row(scores, "bob", "ann").kind, Kind::mention);
}

TEST(Twins, AreOneActOfTheFirstKind) {
  const Scores scores =
      slow_score(world_of({act(20, Kind::like, "bob", "ann", "a"), act(20, Kind::mention, "bob", "ann", "b"),
                           act(20, Kind::reply, "bob", "ann", "d", "2"), act(20, Kind::reply, "bob", "ann", "d", "1"),
                           act(20, Kind::reply, "bob", "ann", "c", "3"), act(20, Kind::follow, "bob", "ann"),
                           act(21, Kind::like, "bob", "ann"), act(20, Kind::like, "bob", "cat"),
                           act(20, Kind::like, "dan", "ann"), on("forum", act(20, Kind::like, "bob", "ann"))}));
  EXPECT_EQ(scores.dropped, (Dropped{.weight_0 = 1, .merged = 4}));
  EXPECT_EQ(scores.kept, 5U);
  const LedgerRow row = ledger_row(scores, "bob", "ann");
  EXPECT_EQ(row.kind, Kind::reply);
  EXPECT_EQ(row.post, "c") << "first kind, then first post";
}

// ---- persons --------------------------------------------------------------------------------------------------------

TEST(OwnActs, AreWorthNothing) {
  World world =
      world_of({like(10, "ann", "ann"), on("forum", like(10, "ann2", "ann3")), on("forum", like(9, "bob", "ann3"))});
  world.people = {{{"chirp", "ann"}, "Ann"}, {{"forum", "ann2"}, "Ann"}, {{"forum", "ann3"}, "Ann"}};
  const Scores scores = slow_score(world);
  EXPECT_EQ(scores.dropped, Dropped{.own = 2});
  ASSERT_EQ(scores.cards.size(), 1U) << "only the account that received a kept act";
  EXPECT_EQ(card(scores, "ann3", "forum").person, "Ann");
}

TEST(OnePerson, CountsOnceOnHoweverManyNetworks) {
  World world = world_of({like(30 * kDay, "bob", "ann"), on("forum", act(60 * kDay, Kind::repost, "bobby", "ann"))});
  world.people = {
      {{"chirp", "bob"}, "Bob"}, {{"forum", "bobby"}, "Bob"}, {{"chirp", "ann"}, "Ann"}, {{"forum", "ann"}, "Ann"}};
  const Scores scores = slow_score(world);
  for (const std::string network : {"chirp", "forum"}) {
    const Card ann = card(scores, "ann", network);
    EXPECT_NEAR(ann.raw, kLoyal30, kNear) << "the span reaches over networks";
    EXPECT_EQ(ann.reach, 1U);
    EXPECT_EQ(ann.interactions, 2U);
  }
  ASSERT_EQ(scores.ledger.size(), 1U);
  EXPECT_EQ(scores.ledger[0].account, (Account{"chirp", "ann"})) << "that received the latest act";
  EXPECT_EQ(scores.ledger[0].person, "Ann");
}

TEST(Ledger, TakesTheFirstKindWhereSecondsAreEqual) {
  World world =
      world_of({act(10, Kind::like, "bob", "ann", "a"), on("forum", act(10, Kind::repost, "bob", "ann", "z"))});
  world.people = {
      {{"chirp", "bob"}, "Bob"}, {{"forum", "bob"}, "Bob"}, {{"chirp", "ann"}, "Ann"}, {{"forum", "ann"}, "Ann"}};
  const Scores scores = slow_score(world);
  ASSERT_EQ(scores.ledger.size(), 1U);
  EXPECT_EQ(scores.ledger[0].account.network, "forum");
  EXPECT_EQ(scores.ledger[0].day, "2026-01-30");
}

// ---- provoked replies -----------------------------------------------------------------------------------------------

TEST(ProvokedReplies, WeighNothingUntilAnActOfOwnAccord) {
  const Kind mention = Kind::mention, reply = Kind::reply, repost = Kind::repost;
  const struct {
    std::string what;
    std::vector<Row> rows;
    std::size_t provoked, kept_on_bot;
  } cases[] = {
      {"a reply within seven days", {act(9 * kDay, mention, "bot", "ann"), act(2 * kDay, reply, "ann", "bot")}, 1, 0},
      {"one second later it is of own accord",
       {act(9 * kDay + 1, mention, "bot", "ann"), act(2 * kDay, reply, "ann", "bot")},
       0,
       1},
      {"a reply in the same second", {act(9, mention, "bot", "ann"), act(9, reply, "ann", "bot")}, 2, 0},
      {"a reply before the mention counts", {act(9, mention, "bot", "ann"), act(10, reply, "ann", "bot")}, 1, 1},
      {"provoked again and again",
       {act(30 * kDay, mention, "bot", "ann"), act(29 * kDay, reply, "ann", "bot"),
        act(20 * kDay, mention, "bot", "ann"), act(19 * kDay, reply, "ann", "bot")},
       2,
       0},
      {"after an unprovoked reply everything counts",
       {act(40 * kDay, reply, "ann", "bot"), act(9 * kDay, mention, "bot", "ann"), act(8 * kDay, reply, "ann", "bot")},
       0,
       2},
      {"another kind is never provoked and ends it",
       {act(9 * kDay, mention, "bot", "ann"), act(8 * kDay, reply, "ann", "bot"), act(7 * kDay, repost, "ann", "bot"),
        act(6 * kDay, reply, "ann", "bot")},
       1,
       2},
      {"a like provokes nothing", {act(9 * kDay, Kind::like, "bot", "ann"), act(8 * kDay, reply, "ann", "bot")}, 0, 1},
      {"somebody else's mention provokes nothing",
       {act(9 * kDay, mention, "cat", "ann"), act(8 * kDay, reply, "ann", "bot")},
       0,
       1},
      {"another network's mention provokes nothing",
       {on("forum", act(9 * kDay, mention, "bot", "ann")), act(8 * kDay, reply, "ann", "bot")},
       0,
       1},
      {"a withdrawn mention still provokes",
       {act(9 * kDay, mention, "bot", "ann", "p", "1"), act(8 * kDay, reply, "ann", "bot"),
        act(7 * kDay, Kind::undo, "bot", "", "", "1")},
       1,
       0},
  };
  for (const auto& [what, rows, provoked, kept_on_bot] : cases) {
    const Scores scores = slow_score(world_of(rows));
    std::size_t kept = 0;
    for (const Card& one : scores.cards) {
      if (one.account.account == "bot") kept = one.interactions;
    }
    EXPECT_EQ(kept, kept_on_bot) << what;
    EXPECT_EQ(scores.dropped.provoked, provoked) << what;
  }
}

TEST(ProvokedReplies, AreJudgedByAccountBeforePersonsAreJoined) {
  // The bot's owner mentions ann from another account: that provokes nothing on the first.
  World world = world_of({act(9 * kDay, Kind::mention, "bot2", "ann"), act(8 * kDay, Kind::reply, "ann", "bot")});
  world.people = {{{"chirp", "bot"}, "Bot"}, {{"chirp", "bot2"}, "Bot"}};
  EXPECT_EQ(slow_score(world).dropped.provoked, 0U);
}

TEST(ProvokedReplies, EnterNeitherAgeNorSpan) {
  const Scores scores =
      slow_score(world_of({act(60 * kDay, Kind::mention, "bot", "ann"), act(59 * kDay, Kind::reply, "ann", "bot"),
                           like(30 * kDay, "ann", "bot")}));
  EXPECT_NEAR(card(scores, "bot").raw, kWeight30, kNear) << "not loyal: the reply was never there";
  EXPECT_EQ(card(scores, "bot").interactions, 1U);
}

TEST(Farm, ActsWeighNothingButStillProvoke) {
  World world = world_of({act(9 * kDay, Kind::mention, "bot", "ann"), act(8 * kDay, Kind::reply, "ann", "bot")});
  world.farm = {{"chirp", "bot"}};
  const Scores scores = slow_score(world);
  EXPECT_EQ(scores.dropped, (Dropped{.provoked = 1, .farm = 1}));
  EXPECT_TRUE(scores.cards.empty());
}

// ---- kinds and networks ---------------------------------------------------------------------------------------------

TEST(Weights, AreTheStrongestOfTheActsInsideTheWindow) {
  World world = world_of({like(30 * kDay, "bob", "ann"), act(29 * kDay, Kind::star, "bob", "ann"),
                          act(200 * kDay, Kind::repost, "bob", "ann")});
  world.constants.kind_weights = {{Kind::like, 0.5}, {Kind::star, 0.25}};
  world.constants.network_weights = {{"chirp", 0.5}};
  const Scores scores = slow_score(world);
  const Scores plain = slow_score(world_of(world.rows));
  EXPECT_NEAR(card(scores, "ann").raw, 0.25 * card(plain, "ann").raw, kNear);
}

TEST(Amplification, IsTheScoreFromRepostsAndQuotesAlone) {
  // The later like refreshes the score and makes it loyal, and neither for the amplification.
  const Scores scores =
      slow_score(world_of({act(30 * kDay, Kind::repost, "bob", "ann"), like(10 * kDay, "bob", "ann"),
                           act(30 * kDay, Kind::quote, "cat", "ann"), like(30 * kDay, "dan", "ann")}));
  EXPECT_NEAR(card(scores, "ann").amplification, 2 * kWeight30, kNear);
}

// ---- verified, bound, standing --------------------------------------------------------------------------------------

TEST(Verified, OpenRoomForTheRest) {
  std::vector<Row> rows;
  for (const char* engager : {"v1", "v2", "u1", "u2", "u3"}) rows.push_back(like(30 * kDay, engager, "ann"));
  const Scores scores = slow_score(verified_world(rows, {{"chirp", "v1"}, {"chirp", "v2"}}));
  const Card ann = card(scores, "ann");
  // m = 1 + .5 * 1/100: nobody engaged with v1 and v2, and P(0) = 1 point.
  EXPECT_NEAR(ann.vouched_raw.value(), 0.34824158294395179112, kNear);
  EXPECT_NEAR(ann.raw, 0.83900203361387554743, kNear);
  EXPECT_NEAR(ann.score.value(), 5.36560614062354674277, 1e-11);
  EXPECT_NEAR(ann.vouched_score.value(), 3.14116718662859736652, 1e-11);
  EXPECT_NEAR(ann.bound_raw.value(), 4.83065741238346970237, 1e-11);
  EXPECT_NEAR(ann.bound_score.value(), 13.63433824224879662298, 1e-11);
  EXPECT_NEAR(ledger_row(scores, "v1", "ann").contribution, 0.17412079147197589556, kNear);
  EXPECT_NEAR(ledger_row(scores, "v1", "ann").vouched_contribution.value(), 0.17412079147197589556, kNear);
  EXPECT_TRUE(ledger_row(scores, "v1", "ann").verified);
  EXPECT_NEAR(ledger_row(scores, "u1", "ann").contribution, 0.16358681688997458543, kNear);
  EXPECT_EQ(ledger_row(scores, "u1", "ann").vouched_contribution.value(), 0);
}

TEST(Verified, AListWithoutEntriesIsAList) {
  const Scores scores = slow_score(verified_world(
      {like(30 * kDay, "bob", "ann"), like(30 * kDay, "cat", "ann"), like(30 * kDay, "dan", "ann")}, {}));
  const Card ann = card(scores, "ann");
  EXPECT_NEAR(ann.raw, 0.40533886496976855047, kNear) << "1 - e^-U, as C = c0 = 1";
  EXPECT_EQ(ann.vouched_raw.value(), 0);
  EXPECT_EQ(ann.vouched_score.value(), 1);
  EXPECT_EQ(ann.bound_raw.value(), 1);
}

TEST(Verified, APersonIsVerifiedByAnyAccount) {
  World world = verified_world({like(30 * kDay, "bob", "ann")}, {{"forum", "bobby"}});
  world.people = {{{"chirp", "bob"}, "Bob"}, {{"forum", "bobby"}, "Bob"}};
  EXPECT_NEAR(card(slow_score(world), "ann").vouched_raw.value(), 1.005 * kWeight30, kNear);
}

TEST(Bound, HoldsAgainstACrowd) {
  std::vector<Row> rows = {like(30 * kDay, "v1", "ann"), like(30 * kDay, "v2", "ann")};
  for (int i = 0; i < 1000; ++i) rows.push_back(like(1, "fake" + std::to_string(i), "ann"));
  const Card ann = card(slow_score(verified_world(rows, {{"chirp", "v1"}, {"chirp", "v2"}})), "ann");
  EXPECT_NEAR(ann.bound_raw.value(), 4.83065741238346970237, 1e-11) << "as without the crowd";
  EXPECT_LE(ann.raw, ann.bound_raw.value());
  EXPECT_NEAR(ann.raw, ann.bound_raw.value(), 1e-9) << "the crowd fills the room and no more";
}

TEST(Standing, IsTheVouchedPointsOfTheEngager) {
  const std::set<Account> verified = {{"chirp", "top"}, {"chirp", "a"}, {"chirp", "b"}, {"chirp", "ann"}};
  const std::vector<Row> engaged_with_top = {like(30 * kDay, "a", "top"), like(30 * kDay, "b", "top")};
  std::vector<Row> rows = engaged_with_top;
  rows.push_back(like(30 * kDay, "top", "ann"));
  rows.push_back(like(30 * kDay, "top", "a"));
  rows.push_back(like(30 * kDay, "ann", "top"));
  rows.push_back(like(30 * kDay, "unknown", "top"));
  const Scores scores = slow_score(verified_world(rows, verified));
  EXPECT_NEAR(ledger_row(scores, "top", "ann").contribution, 1.01565976422926673015 * kWeight30, kNear)
      << "from a and b: neither what ann gave nor what an unverified account gave";
  EXPECT_NEAR(ledger_row(scores, "top", "a").contribution,
              (1 + 0.5 * points(2 * kWeight30, Constants{}) / 100) * kWeight30, kNear)
      << "from b and ann: not what a gave";
}

TEST(Standing, IsNothingToAnUnverifiedEngager) {
  const Scores scores =
      slow_score(verified_world({like(30 * kDay, "a", "top"), like(30 * kDay, "top", "ann")}, {{"chirp", "a"}}));
  EXPECT_EQ(card(scores, "ann").vouched_raw.value(), 0);
}

TEST(Standing, DoesNotExistWithoutAList) {
  const Scores scores = slow_score(world_of({like(30 * kDay, "a", "top"), like(30 * kDay, "top", "ann")}));
  EXPECT_NEAR(card(scores, "ann").raw, kWeight30, kNear);
}

// ---- interval -------------------------------------------------------------------------------------------------------

std::vector<Row> ten_engagers() {
  std::vector<Row> rows;
  for (int i = 0; i < 10; ++i) rows.push_back(like(30 * kDay, std::to_string(i), "ann"));
  return rows;
}

TEST(Interval, IsAPointWhereEachGroupWeighsTheSame) {
  World world = world_of(ten_engagers());
  world.hash = [](const std::string& key) { return std::stoull(key.substr(std::string("chirp\n").size())); };
  const Card ann = card(slow_score(world), "ann");
  EXPECT_NEAR(ann.score.value(), 8.203360798424681751, 1e-11);
  EXPECT_NEAR(ann.score_low.value(), ann.score.value(), 1e-9);
  EXPECT_NEAR(ann.score_high.value(), ann.score.value(), 1e-9);
}

TEST(Interval, IsWideWhereOneGroupHoldsAll) {
  // Nine times P(100/9 w) = 8.6912 and once P(0) = 1: se = .9 (8.6912 - 1), half width 2.26 se = 15.64.
  const Card ann = card(slow_score(world_of(ten_engagers())), "ann");
  EXPECT_EQ(ann.score_low.value(), 1) << "clamped";
  EXPECT_NEAR(ann.score_high.value(), 8.203360798424681751 + 2.26 * 0.9 * 7.691199311314515264, 1e-10);
}

TEST(Interval, HashesTheNameOfAPersonAndTheAccountOfNobody) {
  std::set<std::string> keys;
  World world = world_of({like(10, "bob", "ann"), like(10, "cat", "ann"), like(10, "dan", "ann")});
  world.people = {{{"chirp", "bob"}, "Bob B."}};
  world.hash = [&](const std::string& key) {
    keys.insert(key);
    return std::uint64_t{0};
  };
  slow_score(world);
  EXPECT_EQ(keys, (std::set<std::string>{"person\nBob B.", "chirp\ncat", "chirp\ndan"}));
}

// ---- order ----------------------------------------------------------------------------------------------------------

TEST(Cards, AreSortedByRawThenByAccountInByteOrder) {
  const Scores scores = slow_score(world_of({like(30 * kDay, "x", "b"), like(30 * kDay, "x", "a"),
                                             like(10 * kDay, "x", "z"), like(30 * kDay, "x", "\xc3\xa4")}));
  std::vector<std::string> order;
  for (const Card& one : scores.cards) order.push_back(one.account.account);
  EXPECT_EQ(order, (std::vector<std::string>{"z", "a", "b", "\xc3\xa4"}));
}

}  // namespace
}  // namespace renown::twin
