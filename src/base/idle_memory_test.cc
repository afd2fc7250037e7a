#include "base/idle_memory.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace renown::base {
namespace {

TEST(IdleMemory, WhatIsKeptIsStillThere) {
  std::vector<std::string> kept;
  for (int i = 0; i < 1000; ++i) kept.push_back(std::string(static_cast<std::size_t>(i) * 10, 'a'));
  {
    const std::vector<char> gone(std::size_t{64} << 20, 'b');
  }
  for (int round = 0; round < 3; ++round) give_back_idle_memory();
  for (int i = 0; i < 1000; ++i)
    EXPECT_EQ(kept[static_cast<std::size_t>(i)], std::string(static_cast<std::size_t>(i) * 10, 'a'));
}

}  // namespace
}  // namespace renown::base
