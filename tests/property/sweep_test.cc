// The sweep, which keeps no acts, gives scores and ledger of ScoreRun to the bit, whatever the threads and the memory.
#include "score/sweep.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "aggregate/intake.h"
#include "base/spill_area.h"
#include "model/interaction_block.h"
#include "random_world.h"
#include "same_card.h"
#include "score/ledger.h"
#include "score/run_view.h"

namespace renown::property {
namespace {

const AccountSet kNobody;

score::ScoreSheet sweep(const World& world, const ScoreModel& by, std::uint64_t memory_bytes, std::size_t threads) {
  base::SpillArea area(memory_bytes, std::filesystem::temp_directory_path());
  aggregate::Intake intake(world.lists.people, area, aggregate::Intake::Keeps{.texts = true});
  model::InteractionBlock block;
  for (const Row& row : world.rows) {  // two rows a block, so that rows of one actor come in several
    block.push(row.view());
    if (block.size() < 2) continue;
    intake.add(block);
    block.clear();
  }
  intake.add(block);
  intake.finish();
  const score::SweepRequest request{.model = by,
                                    .as_of = kAsOf,
                                    .people = world.lists.people,
                                    .verified = world.lists.verified ? &*world.lists.verified : nullptr,
                                    .pardoned = kNobody,
                                    .threads = threads,
                                    .ledger = true};
  auto sheet =
      score::sweep_scores(intake, area, request, [](std::string_view, std::uint64_t, std::uint64_t) { return true; });
  RC_ASSERT(bool{sheet});
  return std::move(*sheet);
}

void expect_same_scores(const score::ScoreView& a, const score::ScoreView& b) {
  RC_ASSERT(a.ranking() == b.ranking());
  RC_ASSERT(same_bits(a.observed_verified_share(), b.observed_verified_share()));
  for (const auto count :
       {&aggregate::DropCounts::rows, &aggregate::DropCounts::future, &aggregate::DropCounts::withdrawn,
        &aggregate::DropCounts::weightless, &aggregate::DropCounts::own, &aggregate::DropCounts::twins,
        &aggregate::DropCounts::provoked, &aggregate::DropCounts::farm, &aggregate::DropCounts::acts})
    RC_ASSERT((a.dropped().*count == b.dropped().*count));
  for (const aggregate::AccountId account : a.ranking()) {
    const auto person = a.person_of(account);
    RC_ASSERT(person == b.person_of(account));
    RC_ASSERT(a.account(account).network == b.account(account).network);
    RC_ASSERT(a.account(account).account == b.account(account).account);
    RC_ASSERT(a.person_name(person) == b.person_name(person));
    RC_ASSERT(a.first_account(person) == b.first_account(person));
    RC_ASSERT(a.account_count(person) == b.account_count(person));
    expect_same_card(a.card(person), b.card(person));
  }
}

void expect_same_ledger(const score::Ledger& ledger, const score::ScoreRun& run) {
  const auto wanted = score::whole_ledger(run);
  RC_ASSERT(ledger.lines.size() == wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const score::LedgerLine& line = ledger.lines[i];
    RC_ASSERT(line.account == wanted[i].account);
    RC_ASSERT(line.actor == wanted[i].actor);
    RC_ASSERT(line.target == wanted[i].target);
    RC_ASSERT(line.engager == wanted[i].engager);
    RC_ASSERT(ledger.texts[line.post] == run.log.texts[wanted[i].post]);
    RC_ASSERT(ledger.texts[line.tags] == run.log.texts[wanted[i].tags]);
    RC_ASSERT(line.kind == wanted[i].kind);
    RC_ASSERT(line.time == wanted[i].time);
    RC_ASSERT(line.verified == wanted[i].verified);
    RC_ASSERT(same_bits(line.contribution, wanted[i].contribution));
    RC_ASSERT(same_bits(line.vouched_contribution, wanted[i].vouched_contribution));
  }
}

void expect_same(const score::ScoreSheet& sheet, const score::ScoreRun& run) {
  expect_same_scores(sheet, score::RunView(run));
  expect_same_ledger(*sheet.ledger(), run);
}

void compare(const World& world, const ScoreModel& by) {
  const score::ScoreRun run = score(world, by);
  expect_same(sweep(world, by, std::uint64_t{1} << 30, 1), run);
  expect_same(sweep(world, by, 0, 3), run);
}

TEST(Sweep, gives_the_scores_and_the_ledger_of_a_run_with_reasons) {
  EXPECT_TRUE(rc::check("protected", [] { compare(any_world(true), model()); }));
  EXPECT_TRUE(rc::check("unprotected", [] { compare(any_world(false), model()); }));
}

TEST(Sweep, does_so_under_other_weights) {
  ScoreModel uneven = model();
  for (std::size_t kind = 0; kind < kEngagementKinds; ++kind)
    uneven.kind_weight[kind] = 1.0 - 0.07 * static_cast<double>(kind);
  uneven.network_weight["forum"] = 0.5;
  uneven.verified_share = 0.3;
  EXPECT_TRUE(rc::check("protected", [&] { compare(any_world(true), uneven); }));
}

}  // namespace
}  // namespace renown::property
