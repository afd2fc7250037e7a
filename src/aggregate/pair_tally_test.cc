#include "aggregate/pair_tally.h"

#include <gtest/gtest.h>

namespace renown::aggregate {
namespace {

constexpr std::int64_t kAsOf = 1'000'000;

Interaction row(std::int64_t time, Kind kind, std::string_view actor, std::string_view target,
                std::string_view network = "n", std::string_view post = "") {
  return {.time = time,
          .kind = kind,
          .network = network,
          .actor = actor,
          .target = target,
          .post = post,
          .id = {},
          .tags = {}};
}

struct Tallied {
  Acts log;
  PairTally tally;
};

Tallied tally(const std::vector<Interaction>& rows, const PeopleMap& people, TallyWeights weights) {
  EventTable table;
  for (const Interaction& one : rows) table.add(one);
  Tallied result{derive_acts(std::move(table), people, kAsOf, 10), {}};
  result.tally = tally_pairs(result.log, weights);
  return result;
}

TallyWeights plain() {
  TallyWeights weights{.as_of = kAsOf, .window_seconds = 1000, .kind = {}, .network = {}};
  weights.kind.fill(1.0);
  return weights;
}

TEST(PairTally, joins_the_accounts_of_a_person_on_both_sides) {
  const PeopleMap people = {
      {{"n", "ada"}, "Ada"}, {{"m", "ada2"}, "Ada"}, {{"n", "bob"}, "Bob"}, {{"m", "bob2"}, "Bob"}};
  const auto [log, pairs] = tally(
      {row(kAsOf - 500, Kind::like, "ada", "bob"), row(kAsOf - 5, Kind::like, "ada2", "bob2", "m")}, people, plain());
  ASSERT_EQ(pairs.pairs.size(), 1u);
  EXPECT_EQ(pairs.pairs[0].all.first, kAsOf - 500);
  EXPECT_EQ(pairs.pairs[0].all.latest, kAsOf - 5);
  EXPECT_EQ(pairs.acts_of(pairs.pairs[0]).size(), 2u);
}

TEST(PairTally, takes_the_largest_weight_inside_the_window_but_the_first_act_of_all_time) {
  TallyWeights weights = plain();
  weights.kind[static_cast<std::size_t>(Kind::like)] = 0.25;
  weights.network["m"] = 0.5;
  const auto [log, pairs] =
      tally({row(kAsOf - 5000, Kind::quote, "ada", "bob"), row(kAsOf - 1000, Kind::endorse, "ada", "bob"),
             row(kAsOf - 999, Kind::like, "ada", "bob")},
            {}, weights);
  ASSERT_EQ(pairs.pairs.size(), 1u);
  EXPECT_EQ(pairs.pairs[0].all.weight, 0.25);  // the endorsement stands exactly on the window's edge: outside
  EXPECT_EQ(pairs.pairs[0].all.first, kAsOf - 5000);
  EXPECT_EQ(pairs.pairs[0].shares.weight, 0.0);
  EXPECT_EQ(pairs.pairs[0].shares.latest, kAsOf - 5000);

  const auto [log2, on_m] = tally({row(kAsOf - 1, Kind::like, "ada", "bob", "m")}, {}, weights);
  EXPECT_EQ(on_m.pairs[0].all.weight, 0.125);
}

TEST(PairTally, an_act_of_the_first_second_of_1970_is_an_act) {
  const auto [log, pairs] = tally({row(0, Kind::like, "ada", "bob"), row(5, Kind::like, "ada", "bob")}, {}, plain());
  EXPECT_EQ(pairs.pairs[0].all.first, 0);
  EXPECT_EQ(pairs.pairs[0].all.latest, 5);
  EXPECT_EQ(pairs.pairs[0].shares.latest, -1);
}

TEST(PairTally, finds_pairs_and_misses_none) {
  const auto [log, pairs] =
      tally({row(1, Kind::like, "a", "d"), row(2, Kind::like, "c", "d"), row(3, Kind::like, "d", "a")}, {}, plain());
  const auto person = [&](std::string_view name) {
    for (AccountId id = 0; id < log.accounts.size(); ++id) {
      if (log.accounts[id].account == name) return log.people.person_of[id];
    }
    return PersonId{0xffffffff};
  };
  EXPECT_NE(pairs.find(person("a"), person("d")), nullptr);
  EXPECT_NE(pairs.find(person("c"), person("d")), nullptr);
  EXPECT_NE(pairs.find(person("d"), person("a")), nullptr);
  EXPECT_EQ(pairs.find(person("a"), person("c")), nullptr);
  EXPECT_EQ(pairs.find(person("d"), person("c")), nullptr);
}

TEST(LatestAct, of_equal_seconds_is_first_by_kind_network_and_post) {
  const PeopleMap people = {{{"n", "ada"}, "Ada"}, {{"m", "ada"}, "Ada"}, {{"n", "bob"}, "Bob"}, {{"m", "bob"}, "Bob"}};
  const auto post_of_latest = [&](const std::vector<Interaction>& rows) {
    const auto [log, pairs] = tally(rows, people, plain());
    return std::string(log.texts[latest_act(pairs.acts_of(pairs.pairs[0]), log.accounts, log.texts).post]);
  };
  EXPECT_EQ(
      post_of_latest({row(8, Kind::like, "ada", "bob", "n", "old"), row(9, Kind::like, "ada", "bob", "n", "new")}),
      "new");
  EXPECT_EQ(
      post_of_latest({row(9, Kind::like, "ada", "bob", "m", "like"), row(9, Kind::reply, "ada", "bob", "n", "reply")}),
      "reply");
  EXPECT_EQ(post_of_latest({row(9, Kind::like, "ada", "bob", "n", "a"), row(9, Kind::like, "ada", "bob", "m", "z")}),
            "z");
}

}  // namespace
}  // namespace renown::aggregate
