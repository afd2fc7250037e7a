#include "evaluate/split.h"

#include <gtest/gtest.h>

#include "base/time.h"

namespace renown::evaluate {
namespace {

constexpr std::int64_t kDay = base::kSecondsPerDay;
constexpr std::int64_t kFirst = 1'341'100'972;
constexpr LogSpan kLog{.first = kFirst, .end = kFirst + 5 * kDay};

struct Wanted {
  std::int64_t time;
  std::int64_t until;
};

struct SplitCase {
  const char* text;
  const char* until;
  std::optional<double> horizon;
  std::vector<Wanted> wanted;  ///< empty: refused
  const char* naming = "";
};

const std::vector<SplitCase> kCases = {
    {"2", "", {}, {{kFirst + 2 * kDay, kLog.end}}},
    {"4.5", "", {}, {{kFirst + 9 * kDay / 2, kLog.end}}},
    {"2..4,3", "", {}, {{kFirst + 2 * kDay, kFirst + 4 * kDay}, {kFirst + 3 * kDay, kLog.end}}},
    {"3,2", "4", {}, {{kFirst + 3 * kDay, kFirst + 4 * kDay}, {kFirst + 2 * kDay, kFirst + 4 * kDay}}},
    {"2", "9", {}, {{kFirst + 2 * kDay, kFirst + 9 * kDay}}},
    {"2,2..3", "", 2.5, {{kFirst + 2 * kDay, kFirst + 9 * kDay / 2}, {kFirst + 2 * kDay, kFirst + 3 * kDay}}},
    {"2012-07-03T00:00:00Z..2012-07-04", "", {}, {{1'341'273'600, 1'341'360'000}}},
    {"1341273600", "", {}, {{1'341'273'600, kLog.end}}},
    {"", "", {}, {}, "--splits ''"},
    {"2,,3", "", {}, {}, "--splits ''"},
    {"two", "", {}, {}, "'two'"},
    {"-1", "", {}, {}, "'-1'"},
    {"nan", "", {}, {}, "'nan'"},
    {"0", "", {}, {}, "--splits 0: 2012-07-01T00:02:52Z is not inside the log"},
    {"5", "", {}, {}, "--splits 5"},
    {"5", "9", {}, {}, "is not inside the log"},
    {"2013-01-01", "", {}, {}, "is not inside the log"},
    {"3..2", "", {}, {}, "3..2: its outcomes end at"},
    {"3..3", "", {}, {}, "which is not after it"},
    {"3", "2", {}, {}, "which is not after it"},
    {"2,3,2", "", {}, {}, "--splits 2: this split is there already"},
    {"2", "soon", {}, {}, "--until 'soon'"},
    {"4", "", 1.5, {}, "1.5 days after it"},
    {"2", "", 0.0, {}, "--horizon"},
    {"2", "", 1e9, {}, "--horizon"},
};

TEST(Splits, are_read_or_refused_with_a_sentence) {
  for (const SplitCase& one : kCases) {
    const auto splits = parse_splits(one.text, kLog, one.until, one.horizon);
    ASSERT_EQ(splits.has_value(), !one.wanted.empty()) << one.text;
    if (!splits) {
      EXPECT_EQ(splits.error().code, ErrorCode::usage);
      EXPECT_NE(splits.error().message.find(one.naming), std::string::npos) << splits.error().message;
      continue;
    }
    ASSERT_EQ(splits->size(), one.wanted.size()) << one.text;
    for (std::size_t i = 0; i < one.wanted.size(); ++i) {
      EXPECT_EQ((*splits)[i].time, one.wanted[i].time) << one.text;
      EXPECT_EQ((*splits)[i].until, one.wanted[i].until) << one.text;
    }
  }
}

}  // namespace
}  // namespace renown::evaluate
