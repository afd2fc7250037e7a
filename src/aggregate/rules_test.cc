#include "aggregate/rules.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "aggregate/acts.h"

namespace renown::aggregate {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kAsOf = 1000 * kDay;

/// A row on one network; "a" to "d" are accounts.
struct Row {
  std::int64_t time;
  Kind kind;
  const char* actor;
  const char* target;
  const char* post = "";
  const char* id = "";
};

/// What a log comes to: how many acts are left, and how many rows each rule dropped.
struct Wanted {
  std::uint64_t acts = 0;
  std::uint64_t future = 0, withdrawn = 0, weightless = 0, own = 0, twins = 0, provoked = 0;
};

struct Case {
  const char* name;
  std::vector<Row> rows;
  Wanted wanted;
};

Acts derive(const std::vector<Row>& rows, const PeopleMap& people) {
  EventTable table;
  for (const Row& row : rows) {
    table.add({.time = row.time,
               .kind = row.kind,
               .network = "n",
               .actor = row.actor,
               .target = row.target,
               .post = row.post,
               .id = row.id,
               .tags = {}});
  }
  return derive_acts(std::move(table), people, kAsOf, 7 * kDay);
}

class Rules : public testing::TestWithParam<Case> {};

TEST_P(Rules, drop_what_they_say_in_any_order) {
  const PeopleMap people = {{{"n", "c"}, "Cleo"}, {{"n", "d"}, "Cleo"}};
  std::vector<Row> rows = GetParam().rows;
  for (int turn = 0; turn < 2; ++turn) {
    const DropCounts got = derive(rows, people).dropped;
    const Wanted& wanted = GetParam().wanted;
    EXPECT_EQ(got.acts, wanted.acts);
    EXPECT_EQ(got.future, wanted.future);
    EXPECT_EQ(got.withdrawn, wanted.withdrawn);
    EXPECT_EQ(got.weightless, wanted.weightless);
    EXPECT_EQ(got.own, wanted.own);
    EXPECT_EQ(got.twins, wanted.twins);
    EXPECT_EQ(got.provoked, wanted.provoked);
    EXPECT_EQ(got.rows,
              got.acts + got.future + got.withdrawn + got.weightless + got.own + got.twins + got.provoked + got.farm);
    std::ranges::reverse(rows);
  }
}

using enum Kind;

INSTANTIATE_TEST_SUITE_P(
    table, Rules,
    testing::Values(
        Case{"nothing", {}, {}}, Case{"one like", {{1, like, "a", "b"}}, {.acts = 1}},
        Case{"the second of as_of is future, the one before is not",
             {{kAsOf, like, "a", "b"}, {kAsOf - 1, like, "a", "b"}},
             {.acts = 1, .future = 1}},
        Case{"an undo at as_of undoes nothing",
             {{1, like, "a", "b", "p", "1"}, {kAsOf, undo, "a", "b", "p", "1"}},
             {.acts = 1, .future = 1}},
        Case{"post and follow", {{1, post, "a", ""}, {1, follow, "a", "b"}}, {.weightless = 2}},
        Case{"self-engagement", {{1, like, "a", "a"}}, {.own = 1}},
        Case{"between accounts of one person", {{1, like, "c", "d"}, {1, like, "a", "d"}}, {.acts = 1, .own = 1}},
        // Undo
        Case{"undo by id, wherever the target is",
             {{1, like, "a", "b", "p", "1"}, {2, undo, "a", "", "", "1"}},
             {.withdrawn = 1, .weightless = 1}},
        Case{"undo by id takes all rows of the record",
             {{1, reply, "a", "b", "p", "1"}, {1, mention, "a", "c", "p", "1"}, {2, undo, "a", "", "", "1"}},
             {.withdrawn = 2, .weightless = 1}},
        Case{"undo of another actor's id",
             {{1, like, "a", "b", "p", "1"}, {2, undo, "c", "", "", "1"}},
             {.acts = 1, .weightless = 1}},
        Case{"undo without id, by target and post",
             {{1, like, "a", "b", "p"}, {1, like, "a", "b", "q"}, {2, undo, "a", "b", "p"}},
             {.acts = 1, .withdrawn = 1, .weightless = 1}},
        Case{"undo without id takes rows with ids too",
             {{1, like, "a", "b", "p", "9"}, {2, undo, "a", "b", "p"}},
             {.withdrawn = 1, .weightless = 1}},
        Case{"at equal seconds the undo loses",
             {{2, like, "a", "b", "p", "1"}, {2, undo, "a", "b", "p", "1"}},
             {.acts = 1, .weightless = 1}},
        Case{"a later row stands again",
             {{1, like, "a", "b", "p"}, {2, undo, "a", "b", "p"}, {3, like, "a", "b", "p"}},
             {.acts = 1, .withdrawn = 1, .weightless = 1}},
        Case{"a repeated like whose first record the server deletes still counts",
             {{1, like, "a", "b", "p", "like/1"}, {2, like, "a", "b", "p", "like/2"}, {2, undo, "a", "", "", "like/1"}},
             {.acts = 1, .withdrawn = 1, .weightless = 1}},
        // Twins
        Case{"a reply that is logged as a mention too",
             {{1, reply, "a", "b"}, {1, mention, "a", "b"}},
             {.acts = 1, .twins = 1}},
        Case{"duplicate deliveries",
             {{1, like, "a", "b", "p", "1"}, {1, like, "a", "b", "p", "1"}},
             {.acts = 1, .twins = 1}},
        Case{"other seconds, targets and actors are other acts",
             {{1, like, "a", "b"}, {2, like, "a", "b"}, {1, like, "a", "c"}, {1, like, "c", "b"}},
             {.acts = 4}},
        // Provoked replies: b addresses a, a answers
        Case{"an answer within a week",
             {{0, mention, "b", "a"}, {7 * kDay, reply, "a", "b"}},
             {.acts = 1, .provoked = 1}},
        Case{"an answer a second later than that",
             {{0, mention, "b", "a"}, {7 * kDay + 1, reply, "a", "b"}},
             {.acts = 2}},
        Case{"an answer in the same second is one", {{5, mention, "b", "a"}, {5, reply, "a", "b"}}, {.provoked = 2}},
        Case{"a like is no answer", {{0, mention, "b", "a"}, {1, like, "a", "b"}}, {.acts = 2}},
        Case{"a like does not ask for an answer", {{0, like, "b", "a"}, {1, reply, "a", "b"}}, {.acts = 2}},
        Case{"an act of own accord ends it for good",
             {{0, mention, "b", "a"},
              {1, reply, "a", "b"},
              {2, like, "a", "b"},
              {3, mention, "b", "a"},
              {4, reply, "a", "b"}},
             {.acts = 4, .provoked = 1}},
        // came of own accord
        Case{"an earlier act of own accord",
             {{0, like, "a", "b"}, {1, mention, "b", "a"}, {2, reply, "a", "b"}},
             {.acts = 3}},
        Case{"a like in the same second saves the reply",
             {{0, mention, "b", "a"}, {1, reply, "a", "b"}, {1, like, "a", "b"}},
             {.acts = 2, .twins = 1}},
        Case{"a repost in the same second does not hide the mention",
             {{0, mention, "b", "a"}, {0, repost, "b", "a"}, {1, reply, "a", "b"}},
             {.acts = 1, .twins = 1, .provoked = 1}},
        Case{"a mention that is taken back still asked for the answer",
             {{0, mention, "b", "a", "p", "1"}, {1, reply, "a", "b"}, {2, undo, "b", "", "", "1"}},
             {.withdrawn = 1, .weightless = 1, .provoked = 1}}),
    [](const testing::TestParamInfo<Case>& param) {
      std::string name = param.param.name;
      for (char& c : name) {
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
      }
      return name;
    });

TEST(Rules, late_rows_count_as_if_they_had_come_in_time) {
  const PeopleMap nobody;
  const Acts in_time = derive({{1, reply, "a", "b"}, {2, undo, "c", "b"}, {3, like, "d", "b"}}, nobody);
  const Acts late = derive({{3, like, "d", "b"}, {2, undo, "c", "b"}, {1, reply, "a", "b"}}, nobody);
  ASSERT_EQ(in_time.acts.size(), late.acts.size());
  for (std::size_t i = 0; i < late.acts.size(); ++i) {
    EXPECT_EQ(in_time.acts[i].time, late.acts[i].time);
    EXPECT_EQ(in_time.acts[i].actor, late.acts[i].actor);
  }
}

TEST(Rules, a_renamed_handle_stays_one_person_when_it_is_linked) {
  const std::vector<Row> rows = {{1, like, "old_name", "b"}, {2, like, "new_name", "b"}};
  EXPECT_EQ(derive(rows, {}).people.size(), 3u);
  const PeopleMap linked = {{{"n", "old_name"}, "Ada"}, {{"n", "new_name"}, "Ada"}};
  EXPECT_EQ(derive(rows, linked).people.size(), 2u);
}

}  // namespace
}  // namespace renown::aggregate
