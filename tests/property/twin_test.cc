// The fast score against its slow twin, which was written from the specification alone.
#include <cmath>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/hash.h"
#include "base/time.h"
#include "random_world.h"
#include "score/ledger.h"
#include "twin/slow_score.h"

namespace renown::property {
namespace {

twin::Account twin_account(const Account& account) {
  return {account.network, account.account};
}

/// The twin's world with the constants of `by`.
twin::World twin_world(const World& world, const ScoreModel& by) {
  twin::World result{.rows = {}, .as_of = kAsOf, .hash = [](const std::string& key) { return base::stable_hash(key); }};
  for (const Row& row : world.rows) {
    result.rows.push_back({.time = row.time,
                           .kind = row.kind,
                           .network = row.actor.network,
                           .actor = row.actor.account,
                           .target = row.target.account,
                           .post = row.post,
                           .id = row.id,
                           .tags = row.tags});
  }
  for (const auto& [account, person] : world.lists.people) result.people[twin_account(account)] = person;
  if (world.lists.verified) {
    result.verified.emplace();
    for (const Account& account : *world.lists.verified) result.verified->insert(twin_account(account));
  }
  for (std::size_t kind = 0; kind < kEngagementKinds; ++kind)
    result.constants.kind_weights[static_cast<Kind>(kind)] = by.kind_weight[kind];
  result.constants.network_weights = by.network_weight;
  result.constants.verified_share = by.verified_share;
  result.constants.standing_weight = by.standing_weight;
  return result;
}

void expect_close(double fast, double slow) {
  RC_ASSERT(std::fabs(fast - slow) <= 1e-9 * std::max(1.0, std::fabs(slow)));
}

void expect_close(const std::optional<double>& fast, const std::optional<double>& slow) {
  RC_ASSERT(fast.has_value() == slow.has_value());
  if (fast) expect_close(*fast, *slow);
}

void compare(const World& world, const ScoreModel& by) {
  const auto run = score(world, by);
  const twin::Scores slow = twin::slow_score(twin_world(world, by));

  const auto& dropped = run.log.dropped;
  RC_ASSERT(dropped.future == slow.dropped.future);
  RC_ASSERT(dropped.withdrawn == slow.dropped.withdrawn);
  RC_ASSERT(dropped.weightless == slow.dropped.weight_0);
  RC_ASSERT(dropped.own == slow.dropped.own);
  RC_ASSERT(dropped.twins == slow.dropped.merged);
  RC_ASSERT(dropped.provoked == slow.dropped.provoked);
  RC_ASSERT(dropped.acts == slow.kept);

  for (const twin::Card& wanted : slow.cards) {
    const ScoreCard card = card_of(run, world, {wanted.account.network, wanted.account.account});
    expect_close(card.raw, wanted.raw);
    expect_close(card.vouched_raw, wanted.vouched_raw);
    expect_close(card.score, wanted.score);
    expect_close(card.vouched_score, wanted.vouched_score);
    expect_close(card.score_low, wanted.score_low);
    expect_close(card.score_high, wanted.score_high);
    expect_close(card.bound_raw, wanted.bound_raw);
    expect_close(card.bound_score, wanted.bound_score);
    expect_close(card.amplification, wanted.amplification);
    expect_close(card.coverage, wanted.coverage);
    RC_ASSERT(card.reach == wanted.reach);
    RC_ASSERT(card.interactions == wanted.interactions);
  }

  const auto lines = score::whole_ledger(run);
  RC_ASSERT(lines.size() == slow.ledger.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& wanted = slow.ledger[i];
    const auto account = run.log.accounts[lines[i].account];
    const auto actor = run.log.accounts[lines[i].actor];
    RC_ASSERT(account.network == wanted.account.network);
    RC_ASSERT(account.account == wanted.account.account);
    RC_ASSERT(actor.network == wanted.actor.network);
    RC_ASSERT(actor.account == wanted.actor.account);
    RC_ASSERT(run.log.texts[lines[i].post] == wanted.post);
    RC_ASSERT(run.log.texts[lines[i].tags] == wanted.tags);
    RC_ASSERT(lines[i].kind == wanted.kind);
    RC_ASSERT(base::format_day(lines[i].time) == wanted.day);
    RC_ASSERT(lines[i].verified == wanted.verified);
    expect_close(lines[i].contribution, wanted.contribution);
    if (wanted.vouched_contribution) expect_close(lines[i].vouched_contribution, *wanted.vouched_contribution);
  }
}

TEST(Twin, agrees_on_every_field_of_random_worlds) {
  EXPECT_TRUE(rc::check("protected", [] { compare(any_world(true), model()); }));
  EXPECT_TRUE(rc::check("unprotected", [] { compare(any_world(false), model()); }));
}

TEST(Twin, agrees_under_other_weights) {
  ScoreModel uneven = model();
  for (std::size_t kind = 0; kind < kEngagementKinds; ++kind)
    uneven.kind_weight[kind] = 1.0 - 0.07 * static_cast<double>(kind);
  uneven.network_weight["forum"] = 0.5;
  uneven.verified_share = 0.3;
  uneven.standing_weight = 0.9;
  EXPECT_TRUE(rc::check("protected", [&] { compare(any_world(true), uneven); }));
  EXPECT_TRUE(rc::check("unprotected", [&] { compare(any_world(false), uneven); }));
}

}  // namespace
}  // namespace renown::property
