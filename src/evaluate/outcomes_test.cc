/// What is known at a split, and what comes after it.

#include "evaluate/outcomes.h"

#include <gtest/gtest.h>

#include "evaluate/panel.h"
#include "evaluate/testing.h"

namespace renown::evaluate {
namespace {

struct Split2 {
  History history;
  Outcomes outcomes;

  double of(Outcome outcome, std::string_view account) const {
    return outcomes.of(outcome)[test_person(history.log, account)];
  }
};

/// The log split at day 2, outcomes until day 4.
Split2 at_day_2(const std::vector<TestRow>& rows, const pipeline::LoadedLists& lists = {},
                const std::vector<bool>* counted = nullptr) {
  const aggregate::EventTable events = test_events(rows);
  const ScoreModel model = test_model();
  const Split split{.label = "2", .time = test_time(2), .until = test_time(4)};
  Split2 result{history_at(events, lists, model, split.time), {}};
  result.outcomes = outcomes_after(result.history, acts_before(events, lists, model, split.until), split, counted);
  return result;
}

TEST(Outcomes, of_a_log_without_rows) {
  const Split2 none = at_day_2({});
  EXPECT_EQ(none.outcomes.acts, 0u);
  EXPECT_TRUE(population(none.history).empty());
}

TEST(Outcomes, begin_at_the_split_and_end_before_until) {
  const Split2 log = at_day_2({{"a", "x", 1}, {"b", "x", 1.99}, {"c", "x", 2}, {"d", "x", 3.99}, {"e", "x", 4}});
  EXPECT_EQ(log.of(Outcome::engagers, "x"), 2.0);
  EXPECT_EQ(log.history.engagers[test_person(log.history.log, "x")], 2.0);
  EXPECT_EQ(log.outcomes.acts, 2u);
}

TEST(Outcomes, end_before_until_where_more_is_known_too) {
  const aggregate::EventTable events = test_events({{"a", "x", 1}, {"b", "x", 3}, {"c", "x", 4}, {"d", "x", 5}});
  const ScoreModel model = test_model();
  const History history = history_at(events, {}, model, test_time(2));
  const Split split{.label = "2", .time = test_time(2), .until = test_time(4)};
  EXPECT_EQ(outcomes_after(history, acts_before(events, {}, model, test_time(9)), split).acts, 1u);
}

TEST(Outcomes, count_people_once_and_tell_reposters_and_new_ones) {
  const Split2 log = at_day_2({{"a", "x", 1},
                               {"a", "x", 2.1},
                               {"a", "x", 2.2, Kind::repost},
                               {"a", "x", 2.3, Kind::quote},
                               {"b", "x", 3},
                               {"b", "x", 3.1},
                               {"x", "x", 3.2, Kind::repost}});
  EXPECT_EQ(log.of(Outcome::engagers, "x"), 2.0);
  EXPECT_EQ(log.of(Outcome::reposters, "x"), 1.0);
  EXPECT_EQ(log.of(Outcome::new_engagers, "x"), 1.0);  // b
}

TEST(Outcomes, reach_adds_the_reposters_of_each_reposter) {
  const Split2 log = at_day_2({{"o", "x", 1},
                               {"a", "x", 2.5, Kind::repost},
                               {"b", "x", 3, Kind::repost},
                               {"c", "a", 3, Kind::repost},
                               {"d", "a", 3.5, Kind::quote},
                               {"e", "a", 3.5, Kind::like},
                               {"f", "c", 3.6, Kind::repost}});
  EXPECT_EQ(log.of(Outcome::reposters, "x"), 2.0);
  EXPECT_EQ(log.of(Outcome::reach, "x"), (1.0 + 2.0) + 1.0);
  EXPECT_EQ(log.of(Outcome::reach, "a"), (1.0 + 1.0) + 1.0);
}

TEST(Outcomes, leave_out_answers_that_were_asked_for_before_the_split) {
  const Split2 log = at_day_2({{"o", "x", 1}, {"x", "a", 1.5, Kind::mention}, {"a", "x", 2.5, Kind::reply}});
  EXPECT_EQ(log.of(Outcome::engagers, "x"), 0.0);
}

TEST(Outcomes, know_persons_not_accounts) {
  pipeline::LoadedLists lists;
  lists.people = {{{"n", "a"}, "Ada"}, {{"n", "b"}, "Ada"}};
  const Split2 log = at_day_2({{"a", "x", 1}, {"a", "x", 3}, {"b", "x", 3}, {"a", "b", 3}}, lists);
  EXPECT_EQ(log.of(Outcome::engagers, "x"), 1.0);
  EXPECT_EQ(log.of(Outcome::new_engagers, "x"), 0.0);
  EXPECT_EQ(log.of(Outcome::engagers, "b"), 0.0);
}

TEST(Outcomes, can_count_some_people_only) {
  const std::vector<TestRow> rows = {{"o", "x", 1}, {"a", "x", 3, Kind::repost}, {"b", "x", 3, Kind::repost}};
  const Split2 all = at_day_2(rows);
  std::vector<bool> counted(all.history.people());
  counted[test_person(all.history.log, "a")] = true;
  const Split2 some = at_day_2(rows, {}, &counted);
  EXPECT_EQ(all.of(Outcome::reposters, "x"), 2.0);
  EXPECT_EQ(some.of(Outcome::reposters, "x"), 1.0);
}

TEST(Panel, is_everybody_who_had_received_an_act_before_the_split) {
  const Split2 log = at_day_2({{"a", "x", 1}, {"b", "x", 1}, {"b", "x", 1.5}, {"x", "late", 3}, {"y", "y", 1}});
  const Panel panel = make_panel(log.history, log.outcomes, 1);
  ASSERT_EQ(panel.people, std::vector<PersonId>{test_person(log.history.log, "x")});
  EXPECT_EQ(panel.acts, std::vector<double>{3.0});
  EXPECT_EQ(panel.engagers, std::vector<double>{2.0});
  EXPECT_EQ(panel.tie_keys.size(), 1u);
}

TEST(History, counts_followers_once_and_forgets_those_who_left) {
  const Split2 log = at_day_2({{"a", "x", 1, Kind::follow},
                               {"a", "x", 1.2, Kind::follow},
                               {"b", "x", 1, Kind::follow},
                               {"b", "x", 1.5, Kind::undo},
                               {"c", "x", 3, Kind::follow},
                               {"x", "x", 1, Kind::follow},
                               {"a", "x", 1}});
  ASSERT_FALSE(log.history.followers.empty());
  EXPECT_EQ(log.history.followers[test_person(log.history.log, "x")], 1.0);
  EXPECT_TRUE(at_day_2({{"a", "x", 1}, {"c", "x", 3, Kind::follow}}).history.followers.empty());
}

TEST(History, the_order_of_equals_depends_on_name_and_seed_alone) {
  const Split2 one = at_day_2({{"a", "x", 1}, {"b", "y", 1}});
  const Split2 more = at_day_2({{"aa", "b", 1}, {"a", "x", 1}, {"b", "y", 1}});
  const auto key = [](const Split2& log, std::string_view name, std::uint64_t seed) {
    return tie_keys(log.history.log, seed)[test_person(log.history.log, name)];
  };
  EXPECT_EQ(key(one, "x", 1), key(more, "x", 1));
  EXPECT_NE(key(one, "x", 1), key(one, "y", 1));
  EXPECT_NE(key(one, "x", 1), key(one, "x", 2));
}

}  // namespace
}  // namespace renown::evaluate
