#include "base/in_order.h"

#include <cstdint>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace renown::base {
namespace {

/// Hands over the square of each number until there are `most`.
struct Squares {
  std::vector<std::uint64_t>& squares;
  std::size_t most;
  std::uint64_t square = 0;

  void make(std::uint64_t number) {
    if (number % 3 == 0) std::this_thread::yield();  // so that threads overtake each other
    square = number * number;
  }
  bool hand_over(std::uint64_t) {
    squares.push_back(square);
    return squares.size() < most;
  }
};

TEST(ParallelInOrder, hands_over_every_number_in_order) {
  for (const std::size_t threads : {0, 1, 2, 5}) {
    for (const std::uint64_t count : {0, 1, 2, 1000}) {
      std::vector<std::uint64_t> squares;
      EXPECT_TRUE(parallel_in_order(count, threads, [&] { return Squares{squares, 2000}; }));
      ASSERT_EQ(squares.size(), count);
      for (std::uint64_t i = 0; i < count; ++i) ASSERT_EQ(squares[i], i * i);
    }
  }
}

TEST(ParallelInOrder, ends_when_told_and_hands_nothing_over_after) {
  for (const std::size_t threads : {1, 2, 5}) {
    std::vector<std::uint64_t> squares;
    EXPECT_FALSE(parallel_in_order(1000, threads, [&] { return Squares{squares, 10}; }));
    EXPECT_EQ(squares.size(), 10);
  }
}

TEST(ParallelInOrder, passes_on_what_is_thrown) {
  struct Thrower {
    void make(std::uint64_t number) {
      if (number == 7) throw std::runtime_error("seven");
    }
    bool hand_over(std::uint64_t) { return true; }
  };
  for (const std::size_t threads : {1, 2, 5})
    EXPECT_THROW(parallel_in_order(1000, threads, [] { return Thrower{}; }), std::runtime_error) << threads;
}

}  // namespace
}  // namespace renown::base
