/// What the score means, as properties of the twin over small random worlds full of corners.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/hash.h"
#include "twin/slow_score.h"

namespace renown::twin {
namespace {

constexpr std::int64_t kAsOf = 1'769'817'600;  // 2026-01-31T00:00:00Z

const std::vector<Account>& accounts() {
  static const std::vector<Account> all = [] {
    std::vector<Account> result;
    for (const char* network : {"chirp", "forum"}) {
      for (const char* name : {"ann", "bob", "cat", "dan", "eve", "fay"}) result.push_back({network, name});
    }
    return result;
  }();
  return all;
}

/// Few accounts and times that cluster at the corners: equal seconds, seven days, the window's edge, as_of.
Row any_row() {
  const std::string network = *rc::gen::element<std::string>("chirp", "forum");
  const auto name = rc::gen::element<std::string>("ann", "bob", "cat", "dan", "eve", "fay");
  const std::int64_t days = *rc::gen::element<std::int64_t>(0, 1, 2, 8, 9, 30, 37, 100, 180, 187, 300);
  const std::int64_t seconds = *rc::gen::inRange<std::int64_t>(-1, 3);
  return {.time = kAsOf - days * kSecondsPerDay - seconds,
          .kind = static_cast<Kind>(*rc::gen::inRange<int>(0, static_cast<int>(kKindNames.size()))),
          .network = network,
          .actor = *name,
          .target = *name,
          .post = *rc::gen::element<std::string>("", "p", "q"),
          .id = *rc::gen::element<std::string>("", "1", "2"),
          .tags = ""};
}

World any_world() {
  World world{
      .rows = *rc::gen::container<std::vector<Row>>(rc::gen::exec(any_row)), .as_of = kAsOf, .hash = base::stable_hash};
  for (const Account& account : accounts()) {
    const int owner = *rc::gen::inRange(0, 4);  // 0: unlinked
    if (owner > 0) world.people[account] = "person " + std::to_string(owner);
  }
  if (*rc::gen::arbitrary<bool>()) {
    world.verified.emplace();
    for (const Account& account : accounts()) {
      if (*rc::gen::arbitrary<bool>()) world.verified->insert(account);
    }
  }
  return world;
}

bool same_numbers(const Scores& a, const Scores& b) {
  if (a.cards.size() != b.cards.size() || a.ledger.size() != b.ledger.size()) return false;
  for (std::size_t i = 0; i < a.cards.size(); ++i) {
    const Card &x = a.cards[i], &y = b.cards[i];
    if (x.account != y.account || x.raw != y.raw || x.score != y.score || x.vouched_raw != y.vouched_raw ||
        x.score_low != y.score_low || x.score_high != y.score_high || x.amplification != y.amplification ||
        x.reach != y.reach || x.interactions != y.interactions) {
      return false;
    }
  }
  for (std::size_t i = 0; i < a.ledger.size(); ++i) {
    const LedgerRow &x = a.ledger[i], &y = b.ledger[i];
    if (x.account != y.account || x.actor != y.actor || x.post != y.post || x.contribution != y.contribution) {
      return false;
    }
  }
  return true;
}

TEST(ScoreProperties, OrderAndDuplicatesChangeNothing) {
  EXPECT_TRUE(rc::check("P4", [] {
    const World world = any_world();
    World again = world;
    if (!world.rows.empty()) again.rows.push_back(*rc::gen::elementOf(world.rows));
    std::sort(again.rows.begin(), again.rows.end(), [](const Row& a, const Row& b) { return before_in_time(b, a); });
    RC_ASSERT(same_numbers(slow_score(world), slow_score(again)));
  }));
}

TEST(ScoreProperties, EveryPointHasAReason) {
  EXPECT_TRUE(rc::check("P3", [] {
    const World world = any_world();
    const Scores scores = slow_score(world);
    std::map<Person, double> sums;
    for (const LedgerRow& row : scores.ledger) sums[person_of(world, row.account)] += row.contribution;
    for (const Card& card : scores.cards) {
      const double sum = sums[person_of(world, card.account)];
      RC_ASSERT(std::abs(sum - card.raw) <= 1e-9 * std::max(card.raw, 1e-300));
    }
  }));
}

TEST(ScoreProperties, EveryRowIsKeptOrDroppedForAReason) {
  EXPECT_TRUE(rc::check([] {
    const World world = any_world();
    const Scores scores = slow_score(world);
    const Dropped& d = scores.dropped;
    RC_ASSERT(scores.kept + d.future + d.withdrawn + d.weight_0 + d.merged + d.own + d.provoked + d.farm ==
              world.rows.size());
  }));
}

TEST(ScoreProperties, NobodyAddsMoreThanTheStandingFactor) {
  EXPECT_TRUE(rc::check("P6", [] {
    for (const LedgerRow& row : slow_score(any_world()).ledger) {
      RC_ASSERT(row.contribution > 0);
      RC_ASSERT(row.contribution <= (row.verified ? 1.5 : 1.0));
    }
  }));
}

TEST(ScoreProperties, UnverifiedCrowdsStayBelowTheBound) {
  EXPECT_TRUE(rc::check("P7", [] {
    World world = any_world();
    if (!world.verified) world.verified.emplace();
    world.rows.push_back({.time = kAsOf - 5, .kind = Kind::like, .network = "chirp", .actor = "gil", .target = "ann"});
    const auto before = slow_score(world);
    const int crowd = *rc::gen::inRange(1, 40);
    for (int i = 0; i < crowd; ++i) {
      world.rows.push_back({.time = kAsOf - 1 - i,
                            .kind = Kind::repost,
                            .network = "chirp",
                            .actor = "fake" + std::to_string(i),
                            .target = "ann"});
    }
    const auto after = slow_score(world);
    const auto raw_of_ann = [](const Scores& scores) {
      return *std::find_if(scores.cards.begin(), scores.cards.end(),
                           [](const Card& card) { return card.account == Account{"chirp", "ann"}; });
    };
    RC_ASSERT(raw_of_ann(after).raw >= raw_of_ann(before).raw);
    RC_ASSERT(raw_of_ann(after).raw <= raw_of_ann(before).bound_raw.value() * (1 + 1e-12));
  }));
}

}  // namespace
}  // namespace renown::twin
