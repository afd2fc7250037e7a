/// The runner: wrong candidates are refused, those that fail or take too long are told apart.

#include "common/contest.h"

#include <chrono>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "common/comparison.h"
#include "common/program.h"

namespace renown::bench {
namespace {

/// Finds what it is told to find.
class Finds final : public Candidate {
 public:
  explicit Finds(Outcome outcome) : outcome_(std::move(outcome)) {}
  void run() override {}
  Outcome outcome() override { return outcome_; }

 private:
  Outcome outcome_;
};

Entry finds(std::string name, Outcome outcome) {
  return {std::move(name), [outcome] { return std::make_unique<Finds>(outcome); }};
}

template <class Run>
class Runs final : public Candidate {
 public:
  explicit Runs(Run run) : run_(std::move(run)) {}
  void run() override { run_(); }

 private:
  Run run_;
};

template <class Run>
Entry runs(std::string name, Run run) {
  return {std::move(name), [run] { return std::make_unique<Runs<Run>>(run); }};
}

std::string refused(const Contest& contest) {
  try {
    hold(contest, {.repeats = 1, .bounds = {}});
  } catch (const std::runtime_error& failure) {
    return failure.what();
  }
  return "";
}

TEST(Comparison, says_which_value_differs) {
  struct Case {
    Outcome wanted, got;
    std::string said;
  };
  const Case cases[] = {
      {{{}, {}}, {{}, {}}, ""},
      {{{1, 2}, {}}, {{1, 2}, {}}, ""},
      {{{1, 2}, {}}, {{1, 3}, {}}, "b found 3 where a found 2 (exact value 1)"},
      {{{}, {1.0}}, {{}, {1.0 + 9e-10}}, ""},
      {{{}, {1.0}}, {{}, {1.0 + 2e-9}}, "b found 1.000000002 where a found 1 (value 0)"},
      {{{}, {1e6}}, {{}, {1e6 + 9e-4}}, ""},
      {{{}, {0.0}}, {{}, {0.0 / 0.0}}, "b found nan where a found 0 (value 0)"},
      {{{1}, {}}, {{}, {}}, "b found 0 values and a found 1: they do not do the same thing"},
  };
  for (const Case& one : cases) {
    std::string said = difference("a", one.wanted, "b", one.got);
    if (said.starts_with("b found -nan")) said.replace(8, 4, "nan");
    EXPECT_EQ(said, one.said);
  }
}

TEST(Contest, refuses_a_candidate_that_finds_something_else) {
  EXPECT_EQ(refused({.input = "", .rows = 0, .entries = {finds("a", {{1}, {}}), finds("b", {{2}, {}})}}),
            "b found 2 where a found 1 (exact value 0); no time was taken");
  EXPECT_EQ(refused({.input = "", .rows = 0, .entries = {finds("a", {{1}, {}}), finds("b", {{1}, {}})}}), "");
}

TEST(Contest, does_not_compare_who_does_something_else) {
  Entry other = finds("b", {{2}, {}});
  other.same_result = false;
  EXPECT_EQ(refused({.input = "", .rows = 0, .entries = {finds("a", {{1}, {}}), other}}), "");
}

TEST(Contest, passes_on_what_a_candidate_says_failed) {
  const auto fails = runs("a", [] { throw std::runtime_error("the disk is gone"); });
  EXPECT_EQ(refused({.input = "", .rows = 0, .entries = {fails}}), "a: the disk is gone");
}

TEST(Contest, measures_everybody_as_often_as_asked) {
  const auto series =
      hold({.input = "", .rows = 0, .entries = {finds("a", {}), finds("b", {})}}, {.repeats = 4, .bounds = {}});
  ASSERT_EQ(series.size(), 2u);
  for (const Series& one : series) EXPECT_EQ(one.measurements.size(), 4u);
}

/// Whether it ends within a second and a GB.
bool in_bounds(const Entry& entry) {
  const auto series = hold({.input = "", .rows = 0, .entries = {entry}},
                           {.repeats = 1, .bounds = {.seconds = 1, .memory_bytes = std::uint64_t{1} << 30}});
  return series.front().in_bounds;
}

TEST(Contest, leaves_out_who_takes_too_long) {
  EXPECT_TRUE(in_bounds(finds("a", {})));
  EXPECT_FALSE(in_bounds(runs("sleeps", [] { std::this_thread::sleep_for(std::chrono::seconds(60)); })));
}

TEST(Contest, leaves_out_who_takes_too_much) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "skipped: needs a build without sanitizers, which end the process where its memory ends";
#endif
  EXPECT_FALSE(in_bounds(runs("eats", [] { std::vector<char>(std::size_t{1} << 36, 'x'); })));
}

TEST(Measurement, sees_memory_that_was_touched) {
  constexpr std::size_t kBytes = std::size_t{64} << 20;
  const auto measured = measure(runs("a", [] { std::vector<char>(kBytes, 'x'); }), {}, false);
  ASSERT_TRUE(measured.has_value());
  EXPECT_GE(measured->peak_bytes, 0.9 * kBytes);
  EXPECT_LE(measured->peak_bytes, 1.5 * kBytes);
}

TEST(Program, unknown_options_and_candidates_are_misuse) {
  const auto contest = [](const Call&) { return Contest{.input = "", .rows = 0, .entries = {finds("a", {})}}; };
  const auto code = [&](std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    return run_program(static_cast<int>(arguments.size()), arguments.data(), contest);
  };
  EXPECT_EQ(code({"p", "--work", "/tmp", "--repeats", "1"}), 0);
  EXPECT_EQ(code({"p", "--work", "/tmp", "--repeats", "many"}), 2);
  EXPECT_EQ(code({"p", "--work", "/tmp", "--sideways", "1"}), 2);
  EXPECT_EQ(code({"p", "--work", "/tmp", "--only", "b"}), 2);
  EXPECT_EQ(code({"p"}), 2);
}

}  // namespace
}  // namespace renown::bench
