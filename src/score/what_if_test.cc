#include "score/what_if.h"

#include <gtest/gtest.h>

#include "aggregate/event_table.h"
#include "score/explain.h"
#include "score/model_file.h"

namespace renown::score {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kAsOf = 200 * kDay;

/// A small log on "forum": who acts on ada, when (days before), how, on which post.
struct Row {
  std::string_view actor;
  int days;
  Kind kind;
  std::string_view post;
};

const std::vector<Row> kRows = {{"b", 1, Kind::reply, "p"}, {"b", 40, Kind::repost, "q"}, {"c", 2, Kind::repost, "p"},
                                {"d", 3, Kind::like, "q"},  {"e", 5, Kind::quote, "q"},   {"f", 170, Kind::like, ""},
                                {"g", 9, Kind::mention, ""}};

class WhatIfTest : public ::testing::Test {
 protected:
  /// The run of those rows that are kept.
  ScoreRun run_of(const std::function<bool(const Row&)>& is_kept) const {
    aggregate::EventTable events;
    model::InteractionBlock block;
    for (const Row& row : kRows) {
      if (is_kept(row)) block.push({kAsOf - row.days * kDay, row.kind, "forum", row.actor, "ada", row.post, "", ""});
    }
    block.push({kAsOf - kDay, Kind::reply, "forum", "x", "c", "r", "", ""});  // c has standing of its own
    block.push({kAsOf - kDay, Kind::reply, "forum", "d", "c", "r", "", ""});
    events.add(block);
    const Lists lists{.people = &people_, .verified = is_protected_ ? &verified_ : nullptr};
    return score_acts(aggregate::derive_acts(std::move(events), people_, kAsOf, 7 * kDay), lists, model_, kAsOf, 1);
  }
  static PersonId ada(const ScoreRun& run) { return *find_person(run, {"forum", "ada"}); }

  static void expect_same(const ScoreCard& one, const ScoreCard& other) {
    EXPECT_EQ(one.score, other.score);
    EXPECT_EQ(one.raw, other.raw);
    EXPECT_EQ(one.vouched_raw, other.vouched_raw);
    EXPECT_EQ(one.bound_score, other.bound_score);
    EXPECT_EQ(one.score_low, other.score_low);
    EXPECT_EQ(one.score_high, other.score_high);
    EXPECT_EQ(one.reach, other.reach);
    EXPECT_EQ(one.amplification, other.amplification);
    EXPECT_EQ(one.interactions, other.interactions);
    EXPECT_EQ(one.coverage, other.coverage);
  }

  ScoreModel model_ = *parse_model(shipped_model("renown-0.1"), "renown-0.1");
  PeopleMap people_;
  AccountSet verified_ = {{"forum", "c"}, {"forum", "e"}, {"forum", "x"}};
  bool is_protected_ = true;
};

TEST_F(WhatIfTest, without_nothing_it_is_the_card_of_the_run) {
  for (const bool is_protected : {true, false}) {
    is_protected_ = is_protected;
    const ScoreRun run = run_of([](const Row&) { return true; });
    expect_same(card_without(run, ada(run), [](const auto&, const auto&) { return false; }), run.cards[ada(run)]);
  }
}

/// The slow twin: a run of a log that never had these rows.
TEST_F(WhatIfTest, without_a_post_it_is_the_card_of_a_log_without_it) {
  const ScoreRun run = run_of([](const Row&) { return true; });
  for (const std::string_view post : {"p", "q"}) {
    const ScoreRun rest = run_of([&](const Row& row) { return row.post != post; });
    expect_same(
        card_without(run, ada(run), [&](const auto&, const auto& act) { return run.log.texts[act.post] == post; }),
        rest.cards[ada(rest)]);
  }
}

TEST_F(WhatIfTest, without_an_engager_it_is_the_card_of_a_log_without_them) {
  const ScoreRun run = run_of([](const Row&) { return true; });
  for (const std::string_view actor : {"b", "c", "d", "e", "f", "g"}) {
    const ScoreRun rest = run_of([&](const Row& row) { return row.actor != actor; });
    const PersonId engager = *find_person(run, {"forum", std::string(actor)});
    expect_same(card_without(run, ada(run), [&](const auto& pair, const auto&) { return pair.engager == engager; }),
                rest.cards[ada(rest)]);
  }
}

TEST_F(WhatIfTest, without_anything_there_is_no_score) {
  const ScoreRun run = run_of([](const Row&) { return true; });
  const ScoreCard none = card_without(run, ada(run), [](const auto&, const auto&) { return true; });
  EXPECT_EQ(none.score, std::nullopt);
  EXPECT_EQ(none.raw, 0.0);
  EXPECT_EQ(none.reach, 0U);
}

}  // namespace
}  // namespace renown::score
