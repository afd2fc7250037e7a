#include "evaluate/baselines.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "evaluate/testing.h"

namespace renown::evaluate {
namespace {

TEST(HIndex, corners) {
  EXPECT_EQ(h_index({}), 0u);
  EXPECT_EQ(h_index({0}), 0u);
  EXPECT_EQ(h_index({1}), 1u);
  EXPECT_EQ(h_index({100}), 1u);
  EXPECT_EQ(h_index({1, 1, 1}), 1u);
  EXPECT_EQ(h_index({3, 3, 3}), 3u);
  EXPECT_EQ(h_index({10, 8, 5, 4, 3}), 4u);
  EXPECT_EQ(h_index({25, 8, 5, 3, 3}), 3u);
}

RC_GTEST_PROP(HIndex, equals_its_slow_twin, (const std::vector<std::uint8_t>& drawn)) {
  const std::vector<std::uint64_t> counts(drawn.begin(), drawn.end());
  std::size_t largest = 0;
  for (std::size_t h = 0; h <= counts.size(); ++h) {
    std::size_t at_least = 0;
    for (const std::uint64_t count : counts) at_least += count >= h;
    if (at_least >= h) largest = h;
  }
  RC_ASSERT(h_index(counts) == largest);
}

TEST(Baselines, are_known_by_name) {
  EXPECT_EQ(parse_baselines("all")->size(), 24u);
  EXPECT_TRUE(parse_baselines("none")->empty());
  EXPECT_EQ(*parse_baselines("hits,acts,hits"), (std::vector<std::string>{"hits", "acts"}));
  EXPECT_EQ(*parse_baselines("engagers-3.5d"), std::vector<std::string>{"engagers-3.5d"});
  for (const char* wrong : {"", "acts,", "Acts", "engagers-d", "engagers-0d", "engagers--1d", "acts-1", "acts-xd"}) {
    const auto names = parse_baselines(wrong);
    ASSERT_FALSE(names) << wrong;
    EXPECT_EQ(names.error().code, ErrorCode::usage);
    EXPECT_NE(names.error().message.find("--baselines '"), std::string::npos);
  }
}

/// Values of x (and others) in a log as of day 10.
struct Values {
  std::vector<TestRow> rows;
  std::size_t threads = 1;

  double of(const std::string& name, std::string_view account = "x") const {
    const History history = history_at(test_events(rows), {}, test_model(), test_time(10));
    const auto values = baselines(history, {name}, threads);
    return values.empty() ? -1.0 : values[0].value[test_person(history.log, account)];
  }
};

TEST(Baselines, by_hand) {
  const Values log{{{"a", "x", 8},
                    {"a", "x", 9},
                    {"b", "x", 6},
                    {"b", "x", 7, Kind::repost},
                    {"c", "x", 11},
                    {"x", "x", 5},
                    {"x", "a", 9, Kind::like},
                    {"f", "x", 1, Kind::follow}}};
  EXPECT_EQ(log.of("acts"), 4.0);
  EXPECT_EQ(log.of("engagers"), 2.0);
  EXPECT_EQ(log.of("own-activity"), 1.0);
  EXPECT_EQ(log.of("own-activity", "a"), 2.0);
  EXPECT_EQ(log.of("followers"), 1.0);
  EXPECT_EQ(log.of("h-index"), 2.0);  // two engagers with two acts each
  EXPECT_EQ(log.of("k-core"), 1.0);
  EXPECT_DOUBLE_EQ(log.of("engagers-1d"), 0.5 + 0.125);
  EXPECT_DOUBLE_EQ(log.of("acts-1d"), 0.5 + 0.25 + 0.125 + 0.0625);
  EXPECT_DOUBLE_EQ(log.of("acts-2d"), std::exp2(-0.5) + 0.5 + std::exp2(-1.5) + 0.25);
  EXPECT_EQ(log.of("hits"), 1.0);
  EXPECT_GT(log.of("pagerank"), log.of("pagerank", "a"));
  EXPECT_GT(log.of("pagerank-reposts"), log.of("pagerank-reposts", "a"));
  EXPECT_GT(log.of("leaderrank"), log.of("leaderrank", "b"));
}

TEST(Baselines, followers_are_left_out_where_no_follow_row_is_known) {
  const Values log{{{"a", "x", 8}, {"a", "x", 11, Kind::follow}}};
  EXPECT_EQ(log.of("followers"), -1.0);
}

TEST(Baselines, h_index_counts_posts_where_most_acts_name_one) {
  std::vector<TestRow> rows = {{"a", "x", 1, Kind::like, "p1"}, {"b", "x", 1, Kind::like, "p1"},
                               {"c", "x", 1, Kind::like, "p2"}, {"d", "x", 1, Kind::like, "p2"},
                               {"e", "x", 1, Kind::like, "p3"}, {"a", "y", 2, Kind::like, "p2"}};
  EXPECT_EQ(Values{rows}.of("h-index"), 2.0);
  EXPECT_EQ(Values{rows}.of("h-index", "y"), 1.0);
  for (int day = 3; day < 10; ++day) rows.push_back({"a", "z", static_cast<double>(day)});
  EXPECT_EQ(Values{rows}.of("h-index"), 1.0);  // by engagers: five with one act each
}

TEST(Baselines, are_the_same_for_any_number_of_threads) {
  std::vector<TestRow> rows;
  for (int i = 0; i < 300; ++i)
    rows.push_back({"p" + std::to_string(i * 7 % 40), "p" + std::to_string(i * i % 31), 0.03 * i,
                    i % 3 == 0 ? Kind::repost : Kind::like});
  const History history = history_at(test_events(rows), {}, test_model(), test_time(10));
  const auto one = baselines(history, baseline_names(), 1);
  const auto three = baselines(history, baseline_names(), 3);
  ASSERT_EQ(one.size(), 23u);  // no follow rows
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].name, three[i].name);
    EXPECT_EQ(one[i].value, three[i].value) << one[i].name;
  }
}

}  // namespace
}  // namespace renown::evaluate
