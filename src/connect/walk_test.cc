#include "connect/walk.h"

#include <gtest/gtest.h>

namespace renown::connect {
namespace {

TEST(Walk, is_what_was_written) {
  const Walk walk{"42", 1, 2, 3, "9", {{"8", "a"}}, {{"9", "b"}, {"10", "c"}}};
  const auto again = read_walk("chirp", write_walk("chirp", walk));
  ASSERT_TRUE(again);
  EXPECT_EQ(write_walk("chirp", *again), write_walk("chirp", walk));
  EXPECT_EQ(write_walk("chirp", *read_walk("chirp", write_walk("chirp", Walk()))), "chirp - 0 0 0 -\n");
  EXPECT_TRUE(read_walk("chirp", ""));
  for (const std::string bad :
       {"x", "chirp", "chirp - 1 2 3 -", "chirp - -1 2 3 -\n", "chirp - a 2 3 -\n",
        "chirp - 1 2 99999999999999999999 -\n", "chirp - 1 2 3 -\nseen 1\n", "tweet - 1 2 3 -\n",
        "chirp - 1 2 3 -\nmore 1 2\n", "chirp - 1 2 3 -\nseen 1 2", "chirp - 1 2 3\n"}) {
    EXPECT_FALSE(read_walk("chirp", bad)) << bad;
  }
}

TEST(Walk, remembers_what_it_met_until_the_next_one_ends) {
  Walk walk;
  walk.walking = 100;
  walk.pass("1", "a");
  walk.pass("2", "");
  EXPECT_EQ(walk.last("1"), "");
  walk.end();
  EXPECT_EQ(walk.walked, 100);
  EXPECT_EQ(walk.last("1"), "a");
  walk.walking = 200;
  walk.pass("3", "c");
  EXPECT_EQ(walk.last("1"), "a") << "it was not met yet";
  walk.end();
  EXPECT_EQ(walk.last("1"), "");
  EXPECT_EQ(walk.last("3"), "c");
}

TEST(Walk, one_that_met_nothing_is_none) {
  Walk walk;
  walk.walking = 100;
  walk.end();
  EXPECT_EQ(walk.walked, 0);
}

TEST(Walk, a_cursor_is_bounded_whatever_was_met) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{1000}}) {
    Walk walk;
    for (int round = 0; round < 3; ++round) {
      for (int i = 0; i < 5'000; ++i) walk.pass(std::to_string(round * 10'000 + i), std::string(size, 'x'));
      EXPECT_TRUE(walk.is_long_enough());
      EXPECT_LT(write_walk("chirp", walk).size(), 2 * Walk::kMostBytes + 3'000);
      walk.end();
    }
  }
}

}  // namespace
}  // namespace renown::connect
