// Which groups are in lockstep: one small farm, and what it must not lack.
#include "score/lockstep.h"

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "score/lockstep_testing.h"

namespace renown::score {
namespace {

using test::kHour;
using test::small_rule;
constexpr std::int64_t kStart = 1'000'000;

/// Hits by name of engager and target, in any order.
struct Log {
  std::vector<Hit> hits;
  LockstepRule rule = small_rule();

  Log& hit(std::uint32_t engager, std::uint32_t target, std::int64_t time) {
    hits.push_back({engager, target, kStart + time});
    return *this;
  }

  /// Engagers from ... from + count - 1 hit targets 0 ... targets - 1, a day apart, a second after each other.
  Log& farm(std::uint32_t from, std::uint32_t count, std::uint32_t targets, std::int64_t apart = 24 * kHour) {
    for (std::uint32_t engager = from; engager < from + count; ++engager) {
      for (std::uint32_t target = 0; target < targets; ++target) hit(engager, target, target * apart + engager - from);
    }
    return *this;
  }

  std::vector<LockstepBlock> find() const {
    auto sorted = hits;
    std::ranges::sort(sorted, {}, [](const Hit& h) { return std::tuple(h.target, h.time(), h.engager); });
    return find_lockstep(sorted, std::vector<bool>(100, true), 100, std::array{rule});
  }

  std::vector<std::uint32_t> found() const {
    std::vector<std::uint32_t> all;
    for (const auto& block : find()) all.insert(all.end(), block.engagers.begin(), block.engagers.end());
    std::ranges::sort(all);
    return all;
  }
};

using Numbers = std::vector<std::uint32_t>;

struct Case {
  const char* name;
  std::function<void(Log&)> write;
  Numbers found;
};

class Lockstep : public testing::TestWithParam<Case> {};

TEST_P(Lockstep, finds) {
  Log log;
  GetParam().write(log);
  EXPECT_EQ(log.found(), GetParam().found);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Lockstep,
    testing::Values(
        Case{"no hit", [](Log&) {}, {}}, Case{"one hit", [](Log& log) { log.hit(0, 0, 0); }, {}},
        Case{"the smallest farm", [](Log& log) { log.farm(0, 3, 4); }, {0, 1, 2}},
        Case{"two are no crowd", [](Log& log) { log.farm(0, 2, 4); }, {}},
        Case{"three targets are no farm", [](Log& log) { log.farm(0, 3, 3); }, {}},
        Case{"four in one sitting are too little evidence", [](Log& log) { log.farm(0, 3, 4, kHour - 1); }, {}},
        Case{"an hour apart they are four sittings", [](Log& log) { log.farm(0, 3, 4, kHour); }, {0, 1, 2}},
        Case{"sixteen in one sitting are enough", [](Log& log) { log.farm(0, 3, 16, 1); }, {0, 1, 2}},
        Case{"a slot is shorter than ten minutes",
             [](Log& log) {
               for (std::uint32_t target = 0; target < 4; ++target)
                 log.hit(0, target, target * 24 * kHour)
                     .hit(1, target, target * 24 * kHour + 5)
                     .hit(2, target, target * 24 * kHour + 599);
             },
             {0, 1, 2}},
        Case{"ten minutes are not at the same time",
             [](Log& log) {
               for (std::uint32_t target = 0; target < 4; ++target)
                 log.hit(0, target, target * 24 * kHour)
                     .hit(1, target, target * 24 * kHour + 5)
                     .hit(2, target, target * 24 * kHour + 600);
             },
             {}},
        Case{"each at a time of their own",
             [](Log& log) {
               for (std::uint32_t engager = 0; engager < 20; ++engager) {
                 for (std::uint32_t target = 0; target < 8; ++target)
                   log.hit(engager, target, target * 24 * kHour + engager * kHour);
               }
             },
             {}},
        Case{"a member that serves two of the targets",
             [](Log& log) { log.farm(0, 4, 4).farm(5, 1, 2); },
             {0, 1, 2, 3, 5}},
        Case{"a bystander who was there once",
             [](Log& log) { log.farm(0, 4, 4).hit(5, 0, 1).hit(5, 9, 1); },
             {0, 1, 2, 3}},
        Case{"somebody who reads so much that they were there twice",
             [](Log& log) {
               log.farm(0, 4, 4).farm(5, 1, 2);
               for (std::uint32_t target = 10; target < 40; ++target) log.hit(5, target, target * kHour);
             },
             {0, 1, 2, 3}},
        Case{"camouflage: each member hits eight others at any time",
             [](Log& log) {
               log.farm(0, 5, 4);
               for (std::uint32_t engager = 0; engager < 5; ++engager) {
                 for (std::uint32_t other = 0; other < 8; ++other)
                   log.hit(engager, 10 + (engager * 7 + other) % 40, engager * 31 * kHour + other * 5 * kHour);
               }
             },
             {0, 1, 2, 3, 4}},
        Case{"customers whom honest people like too, at other times",
             [](Log& log) {
               log.farm(0, 5, 4);
               for (std::uint32_t honest = 20; honest < 30; ++honest) {
                 for (std::uint32_t target = 0; target < 4; ++target)
                   log.hit(honest, target, honest * 30 * kHour + target * kHour);
               }
             },
             {0, 1, 2, 3, 4}},
        Case{"a few of a crowd are not accused for the crowd: most in each slot are others",
             [](Log& log) {
               for (std::uint32_t target = 0; target < 8; ++target) {
                 for (std::uint32_t one = 0; one < 3; ++one) log.hit(one, target, target * 24 * kHour);
                 for (std::uint32_t one = 0; one < 8; ++one)
                   log.hit(10 + (one * 8 + target * 5) % 64, target, target * 24 * kHour + 1);
               }
             },
             {}},
        Case{"two farms that share nothing",
             [](Log& log) {
               log.farm(0, 3, 4);
               for (std::uint32_t engager = 50; engager < 54; ++engager) {
                 for (std::uint32_t target = 60; target < 65; ++target) log.hit(engager, target, target * 5 * kHour);
               }
             },
             {0, 1, 2, 50, 51, 52, 53}}),
    [](const testing::TestParamInfo<Case>& one) {
      std::string name = one.param.name;
      std::ranges::replace_if(name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
      return name;
    });

TEST(Lockstep, tells_what_it_found) {
  Log log;
  log.farm(0, 5, 4).hit(9, 0, 2).hit(9, 20, 0).hit(4, 0, -50 * kHour);
  log.hits.erase(std::ranges::find(log.hits, Hit{4, 1, kStart + 24 * kHour + 4}));
  log.hit(4, 1, 400 * kHour);
  const auto blocks = log.find();
  ASSERT_EQ(blocks.size(), 1u);
  const LockstepBlock& block = blocks[0];
  EXPECT_EQ(block.engagers, (Numbers{0, 1, 2, 3, 4}));
  EXPECT_EQ(block.targets, 4u);
  ASSERT_EQ(block.slots.size(), 4u);
  EXPECT_EQ(block.slots[0].target, 0u);
  EXPECT_EQ(block.slots[0].begin, kStart);
  EXPECT_EQ(block.slots[0].members, 5u);
  EXPECT_EQ(block.slots[0].others, 1u);    // 9 was there
  EXPECT_EQ(block.slots[0].elsewhen, 0u);  // 4 came before, and then too
  EXPECT_EQ(block.slots[1].members, 4u);
  EXPECT_EQ(block.slots[1].elsewhen, 1u);  // 4 came later
  EXPECT_DOUBLE_EQ(block.density, 19.0 / 21.0);
  EXPECT_DOUBLE_EQ(block.evidence, 4.0);
}

TEST(Lockstep, a_target_hit_again_and_again_is_one_target) {
  Log log;
  for (int again = 0; again < 10; ++again) {
    for (std::uint32_t engager = 0; engager < 5; ++engager) {
      for (std::uint32_t target = 0; target < 3; ++target)
        log.hit(engager, target, again * 24 * kHour + target * 5 * kHour);
    }
  }
  EXPECT_EQ(log.found(), Numbers{});
  log.farm(0, 5, 4);
  const auto blocks = log.find();
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].targets, 4u);
  EXPECT_DOUBLE_EQ(blocks[0].evidence, 4.0);
}

TEST(Lockstep, the_second_rule_looks_at_whom_the_first_left) {
  Log log;
  log.farm(0, 3, 4);
  for (std::uint32_t engager = 10; engager < 14; ++engager) {  // within the hour, not within ten minutes
    for (std::uint32_t target = 30; target < 34; ++target)
      log.hit(engager, target, target * 24 * kHour + (engager - 10) * 15 * 60);
  }
  EXPECT_EQ(log.found(), (Numbers{0, 1, 2}));
  LockstepRule hour = log.rule;
  hour.slot_seconds = kHour;
  std::ranges::sort(log.hits, {}, [](const Hit& h) { return std::tuple(h.target, h.time(), h.engager); });
  const auto blocks = find_lockstep(log.hits, std::vector<bool>(100, true), 100, std::array{log.rule, hour});
  ASSERT_EQ(blocks.size(), 2u);
  EXPECT_EQ(blocks[0].engagers, (Numbers{10, 11, 12, 13}));
  EXPECT_EQ(blocks[0].rule, 1u);
  EXPECT_EQ(blocks[1].rule, 0u);
}

TEST(Lockstep, what_the_first_rule_found_does_not_hide_the_rest) {
  Log log;
  for (std::uint32_t engager = 0; engager < 12; ++engager) {  // nine are quick, three take their time
    for (std::uint32_t target = 0; target < 6; ++target)
      log.hit(engager, target, target * 24 * kHour + (engager < 9 ? engager : 900 * (engager - 8)));
  }
  EXPECT_EQ(log.found().size(), 9u);
  LockstepRule hour = log.rule;
  hour.slot_seconds = kHour;
  hour.block_share = 0.8;
  std::ranges::sort(log.hits, {}, [](const Hit& h) { return std::tuple(h.target, h.time(), h.engager); });
  const auto blocks = find_lockstep(log.hits, std::vector<bool>(100, true), 100, std::array{log.rule, hour});
  ASSERT_EQ(blocks.size(), 2u);
  EXPECT_EQ(blocks[1].engagers, (Numbers{9, 10, 11}));
  EXPECT_EQ(blocks[1].density, 1.0);
}

TEST(Lockstep, each_account_must_serve_its_share_of_the_targets) {
  Log log;
  log.farm(0, 4, 6).farm(10, 1, 4).farm(20, 1, 5);
  log.rule.block_share = 0.8;
  EXPECT_EQ(log.found(), (Numbers{0, 1, 2, 3, 20}));  // five of six are enough, four are not
}

TEST(Lockstep, who_is_not_suspected_still_is_somebody_else) {
  Log log;
  log.farm(0, 4, 4).farm(4, 3, 4);
  std::ranges::sort(log.hits, {}, [](const Hit& h) { return std::tuple(h.target, h.time(), h.engager); });
  std::vector<bool> suspects(100, true);
  EXPECT_EQ(find_lockstep(log.hits, suspects, 100, std::array{log.rule}).at(0).engagers.size(), 7u);
  for (const std::uint32_t known : {4, 5, 6}) suspects[known] = false;
  EXPECT_TRUE(find_lockstep(log.hits, suspects, 100, std::array{log.rule}).empty());  // four of seven: 0.57
  suspects[6] = true;
  const auto blocks = find_lockstep(log.hits, suspects, 100, std::array{log.rule});
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].engagers, (Numbers{0, 1, 2, 3, 6}));
  EXPECT_DOUBLE_EQ(blocks[0].density, 5.0 / 7.0);
}

/// Random small logs: names do not matter, only who acted when.
TEST(Lockstep, renaming_engagers_and_targets_changes_nothing_else) {
  int farms = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    auto draw = [&, number = std::uint64_t{0}](std::uint64_t below) mutable {
      return static_cast<std::uint32_t>(base::mix64(seed * 7919 + ++number) % below);
    };
    Log log;
    log.farm(0, 2 + draw(4), 4 + draw(4));
    for (int more = 0; more < 60; ++more) log.hit(draw(20), draw(20), draw(40) * kHour + draw(900));
    Log renamed;
    renamed.rule = log.rule;
    for (const Hit& hit : log.hits) renamed.hits.push_back({99 - hit.engager, 99 - hit.target, hit.time()});
    Numbers expected;
    for (const std::uint32_t engager : log.found()) expected.push_back(99 - engager);
    std::ranges::sort(expected);
    EXPECT_EQ(renamed.found(), expected) << seed;
    farms += expected.empty() ? 0 : 1;
  }
  EXPECT_GT(farms, 50);
}

}  // namespace
}  // namespace renown::score
