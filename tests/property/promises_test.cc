// What the score promises (docs/scoring/promises.md), each promise a property over random worlds.
#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "random_world.h"
#include "score/ledger.h"
#include "score/standing.h"
#include "score/vouching.h"

namespace renown::property {
namespace {

constexpr double kTolerance = 1e-12;  ///< relative, with 1 as the smallest scale

bool at_least(double value, double floor) {
  return value >= floor - kTolerance * std::max(1.0, std::fabs(floor));
}

/// `property(is_protected)` for worlds with and without a verified list.
template <class Property>
void check_both_modes(const Property& property) {
  EXPECT_TRUE(rc::check("protected", [&] { property(true); }));
  EXPECT_TRUE(rc::check("unprotected", [&] { property(false); }));
}

TEST(Promises, P1_what_one_does_oneself_never_raises_ones_score) {
  check_both_modes([](bool is_protected) {
    World world = any_world(is_protected);
    Row own = decode_row(*rc::gen::arbitrary<std::uint64_t>());
    const double before = raw_of(score(world), world, own.actor);
    world.rows.push_back(own);
    RC_ASSERT(at_least(before, raw_of(score(world), world, own.actor)));
  });
}

TEST(Promises, P1_engagement_within_one_person_is_worth_nothing) {
  check_both_modes([](bool is_protected) {
    World world = any_world(is_protected);
    World without_own = world;
    std::erase_if(without_own.rows, [&](const Row& row) {
      return row.kind != Kind::undo && !row.target.account.empty() &&
             person_of(world, row.actor) == person_of(world, row.target);
    });
    const auto run = score(world);
    const auto run_without = score(without_own);
    for (const Account& account : accounts()) {
      RC_ASSERT(std::fabs(raw_of(run, world, account) - raw_of(run_without, without_own, account)) <=
                kTolerance * std::max(1.0, raw_of(run, world, account)));
    }
  });
}

TEST(Promises, P2_posts_and_follows_change_nothing) {
  check_both_modes([](bool is_protected) {
    World world = any_world(is_protected);
    const auto before = score(world);
    for (int i = 0; i < 5; ++i) {
      Row row = decode_row(*rc::gen::arbitrary<std::uint64_t>());
      row.kind = i % 2 == 0 ? Kind::post : Kind::follow;
      world.rows.push_back(row);
    }
    const auto after = score(world);
    for (const Account& account : accounts()) {
      // Not to the bit: a row may show an account that changes the order in which people are summed.
      RC_ASSERT(std::fabs(raw_of(before, world, account) - raw_of(after, world, account)) <=
                kTolerance * std::max(1.0, raw_of(before, world, account)));
    }
  });
}

TEST(Promises, P3_contributions_sum_to_the_raw_score) {
  check_both_modes([](bool is_protected) {
    const World world = any_world(is_protected);
    const auto run = score(world);
    for (score::PersonId person = 0; person < run.log.people.size(); ++person) {
      double sum = 0.0;
      double vouched = 0.0;
      for (const auto& line : score::ledger_of(run, person)) {
        sum += line.contribution;
        vouched += line.vouched_contribution;
      }
      const ScoreCard& card = run.cards[person];
      RC_ASSERT(std::fabs(sum - card.raw) <= 1e-9 * std::max(card.raw, 1e-300));
      if (is_protected && card.interactions > 0) {
        RC_ASSERT(std::fabs(vouched - *card.vouched_raw) <= 1e-9 * std::max(*card.vouched_raw, 1e-300));
      }
    }
  });
}

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

TEST(Promises, P4_order_duplicates_and_threads_change_no_bit) {
  check_both_modes([](bool is_protected) {
    World world = any_world(is_protected);
    const auto before = score(world);
    if (!world.rows.empty()) {
      const auto copied = *rc::gen::inRange<std::size_t>(0, world.rows.size());
      for (std::size_t i = 0; i < copied; ++i) world.rows.push_back(world.rows[i]);
    }
    std::ranges::sort(world.rows, {}, [](const Row& row) { return std::pair(row.time % 7, row.target.account); });
    const auto after = score(world, model(), kAsOf, 8);
    for (const Account& account : accounts()) {
      const ScoreCard a = card_of(before, world, account);
      const ScoreCard b = card_of(after, world, account);
      RC_ASSERT(same_bits(a.raw, b.raw));
      RC_ASSERT(same_bits(a.amplification, b.amplification));
      RC_ASSERT(same_bits(a.score_low.value_or(-1), b.score_low.value_or(-1)));
      RC_ASSERT(same_bits(a.bound_raw.value_or(-1), b.bound_raw.value_or(-1)));
      RC_ASSERT(a.reach == b.reach);
      RC_ASSERT(a.interactions == b.interactions);
    }
  });
}

/// Whom one more act may lower: the actor, by the provoked-reply rule; and, where the actor's standing falls with it,
/// the people the actor engaged with.
std::set<std::string> may_fall(const World& world, const Row& added) {
  std::set<std::string> people = {person_of(world, added.actor)};
  for (const Row& row : world.rows) {
    if (person_of(world, row.actor) == person_of(world, added.actor)) people.insert(person_of(world, row.target));
  }
  return people;
}

TEST(Promises, P5_one_more_act_lowers_nobody) {
  check_both_modes([](bool is_protected) {
    World world = any_world(is_protected);
    const Row added = decode_row(*rc::gen::arbitrary<std::uint64_t>());
    RC_PRE(added.kind != Kind::undo);
    const auto before = score(world);
    const bool in_words = added.kind == Kind::mention || added.kind == Kind::reply || added.kind == Kind::comment ||
                          added.kind == Kind::quote;
    world.rows.push_back(added);
    const auto after = score(world);
    const std::set<std::string> excused = in_words ? may_fall(world, added) : std::set<std::string>{};
    for (const Account& account : accounts()) {
      // The target of the act is never excused by the actor's fall alone: its own gain is looked at below.
      if (excused.contains(person_of(world, account))) continue;
      RC_ASSERT(at_least(raw_of(after, world, account), raw_of(before, world, account)));
    }
  });
}

/// The same without standing, where an act in words may lower its actor and nobody else.
TEST(Promises, P5_one_more_act_lowers_at_most_its_actor_where_standing_is_off) {
  ScoreModel flat = model();
  flat.standing_weight = 0.0;
  check_both_modes([&flat](bool is_protected) {
    World world = any_world(is_protected);
    const Row added = decode_row(*rc::gen::arbitrary<std::uint64_t>());
    RC_PRE(added.kind != Kind::undo);
    const auto before = score(world, flat);
    world.rows.push_back(added);
    const auto after = score(world, flat);
    for (const Account& account : accounts()) {
      if (person_of(world, account) == person_of(world, added.actor)) continue;
      RC_ASSERT(at_least(raw_of(after, world, account), raw_of(before, world, account)));
    }
  });
}

TEST(Promises, P5_verifying_one_more_engager_lowers_nobody) {
  EXPECT_TRUE(rc::check([] {
    World world = any_world(true);
    const auto before = score(world);
    world.lists.verified->insert(accounts()[*rc::gen::inRange<std::size_t>(0, accounts().size())]);
    const auto after = score(world);
    for (const Account& account : accounts())
      RC_ASSERT(at_least(raw_of(after, world, account), raw_of(before, world, account)));
  }));
}

TEST(Promises, P5_connecting_one_more_network_never_lowers_ones_own_score) {
  ScoreModel flat = model();
  flat.standing_weight = 0.0;  // what P1 takes of standing is excepted
  check_both_modes([&flat](bool is_protected) {
    World world = any_world(is_protected);
    const Account connected = {"chirp", "eve"};
    const Account owner = {"forum", "fay"};
    world.lists.people.erase(connected);
    world.lists.people[owner] = "Fay";
    std::erase_if(world.lists.people, [&](const auto& entry) { return entry.second == "Fay" && entry.first != owner; });
    const auto before = score(world, flat);
    world.lists.people[connected] = "Fay";
    const auto after = score(world, flat);
    RC_ASSERT(at_least(raw_of(after, world, owner), raw_of(before, world, owner)));
    RC_ASSERT(at_least(raw_of(after, world, connected), raw_of(before, world, connected)));
  });
}

TEST(Promises, P6_one_engager_adds_at_most_one_person_times_standing) {
  check_both_modes([](bool is_protected) {
    World world = any_world(is_protected);
    const auto run = score(world);
    const double largest = 1.0 + model().standing_weight;
    for (const auto& line : score::whole_ledger(run)) {
      RC_ASSERT(line.contribution <= (line.verified ? largest : 1.0) * (1.0 + kTolerance));
      RC_ASSERT(line.vouched_contribution <= largest * (1.0 + kTolerance));
    }
    if (world.rows.empty()) return;

    // Without one engager-person, what they did to one target-person: S falls by at most (1 + kappa) m.
    const Row& chosen = world.rows[*rc::gen::inRange<std::size_t>(0, world.rows.size())];
    const std::string engager = person_of(world, chosen.actor);
    const std::string target = person_of(world, chosen.target);
    World without = world;
    std::erase_if(without.rows, [&](const Row& row) {
      return is_engagement(row.kind) && person_of(world, row.actor) == engager &&
             person_of(world, row.target) == target;
    });
    const bool verified = is_protected && std::ranges::any_of(*world.lists.verified, [&](const Account& account) {
                            return person_of(world, account) == engager;
                          });
    const double most = verified ? (1.0 + model().kappa()) * largest : 1.0;
    RC_ASSERT(raw_of(run, world, chosen.target) - raw_of(score(without), without, chosen.target) <=
              most * (1.0 + kTolerance));
  });
}

TEST(Promises, P7_bought_attention_is_bounded) {
  EXPECT_TRUE(rc::check([] {
    World world = any_world(true);
    for (const Account& account : accounts())
      world.rows.push_back(decode_row(account.account.size()));  // everybody is known
    const auto before = score(world);
    // Unverified accounts do whatever they like: new ones with names of their own, and those that are there already.
    const auto attack = *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::arbitrary<std::uint64_t>());
    std::size_t count = 0;
    for (const std::uint64_t code : attack) {
      Row row = decode_row(code);
      const std::string actor = person_of(world, row.actor);
      const bool verified = std::ranges::any_of(
          *world.lists.verified, [&](const Account& account) { return person_of(world, account) == actor; });
      if (verified || count % 2 == 0) row.actor.account = fmt::format("fake {}", count);
      ++count;
      world.rows.push_back(row);
    }
    const auto after = score(world);
    const score::Vouching vouching(model(), true);
    for (const Account& account : accounts()) {
      const ScoreCard card = card_of(before, world, account);
      const double bound = card.bound_raw.value_or(vouching.bound(0.0));
      RC_ASSERT(at_least(bound, raw_of(after, world, account)));
      // V itself may fall (an account that addresses people provokes their replies) but never rise.
      RC_ASSERT(at_least(card.vouched_raw.value_or(0.0), card_of(after, world, account).vouched_raw.value_or(0.0)));
    }
  }));
}

TEST(Promises, renaming_accounts_changes_no_score_beyond_rounding) {
  check_both_modes([](bool is_protected) {
    const World world = any_world(is_protected);
    const auto renamed = [](Account account) {
      if (!account.account.empty())
        account.account = "z" + std::string(account.account.rbegin(), account.account.rend());
      return account;
    };
    World other = world;
    for (Row& row : other.rows) row.actor = renamed(row.actor), row.target = renamed(row.target);
    other.lists.people.clear();
    for (const auto& [account, person] : world.lists.people) other.lists.people[renamed(account)] = person;
    if (world.lists.verified) {
      other.lists.verified->clear();
      for (const Account& account : *world.lists.verified) other.lists.verified->insert(renamed(account));
    }
    const auto a = score(world);
    const auto b = score(other);
    for (const Account& account : accounts()) {
      RC_ASSERT(std::fabs(raw_of(a, world, account) - raw_of(b, other, renamed(account))) <=
                kTolerance * std::max(1.0, raw_of(a, world, account)));
    }
  });
}

TEST(Promises, P10_an_account_whose_rows_are_gone_never_existed) {
  check_both_modes([](bool is_protected) {
    World world = any_world(is_protected);
    const Account erased = accounts()[*rc::gen::inRange<std::size_t>(0, accounts().size())];
    World never;
    never.lists = world.lists;
    for (const Row& row : world.rows) {
      if (row.actor != erased && row.target != erased) never.rows.push_back(row);
    }
    std::erase_if(world.rows, [&](const Row& row) { return row.actor == erased || row.target == erased; });
    const auto a = score(world);
    const auto b = score(never);
    for (const Account& account : accounts())
      RC_ASSERT(same_bits(raw_of(a, world, account), raw_of(b, never, account)));
  });
}

}  // namespace
}  // namespace renown::property
