/// What the tests of this folder share: pictures to compare with those that docs/ shows, and the values of one score.
#pragma once

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "picture/score_view.h"

namespace renown::picture::test {

inline ScoreView scored() {
  return {.state = ScoreState::scored,
          .score = 42.3,
          .low = 38.1,
          .high = 45.0,
          .percentile = 87.1,
          .missing = 0,
          .model = "renown-0.1",
          .as_of = "2026-11-29"};
}

inline ScoreView not_enough(int missing = 2) {
  ScoreView view;
  view.state = ScoreState::not_enough_data;
  view.missing = missing;
  return view;
}

/// Compares with docs/pictures/NAME to the byte. RENOWN_WRITE_PICTURES=1 writes it instead: look at it, then commit it.
inline void expect_picture(const std::string& name, const std::string& bytes) {
  const char* const root = std::getenv("RENOWN_SOURCE");
  if (root == nullptr) GTEST_SKIP() << "skipped: RENOWN_SOURCE is not set";
  const std::string path = std::string(root) + "/docs/pictures/" + name;
  if (std::getenv("RENOWN_WRITE_PICTURES") != nullptr) std::ofstream(path, std::ios::binary) << bytes;
  std::ostringstream kept;
  kept << std::ifstream(path, std::ios::binary).rdbuf();
  EXPECT_EQ(kept.str(), bytes) << path << " is another picture; if it is meant, set RENOWN_WRITE_PICTURES=1";
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace renown::picture::test
