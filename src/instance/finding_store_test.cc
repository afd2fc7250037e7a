#include "instance/finding_store.h"

#include <gtest/gtest.h>

#include "instance/point_store.h"
#include "io/testing.h"

namespace renown::instance {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;
constexpr std::int64_t kDay = 86'400;

class FindingStoreTest : public ::testing::Test {
 protected:
  FindingStoreTest() { EXPECT_TRUE(PointStore::open(path_)); }

  /// As another run of the program finds it.
  FindingStore open() { return std::move(*FindingStore::open(path_)); }

  RecordedFindings record(const std::vector<Members>& groups, std::int64_t run, std::int64_t now) {
    FindingStore store = open();
    auto recorded = store.record(groups, run, now);
    EXPECT_TRUE(recorded) << (recorded ? "" : recorded.error().message);
    return recorded ? *recorded : RecordedFindings();
  }

  io::testing::TemporaryFolder scratch_;
  std::string path_ = scratch_ / "points.sqlite";
};

TEST_F(FindingStoreTest, a_finding_keeps_its_number_from_run_to_run) {
  EXPECT_TRUE(record({}, 1, kNow).found.empty());
  const Members farm = {"a", "b", "c"}, grown = {"a", "b", "c", "d"}, moved = {"b", "c", "d", "e"};
  const KnownFinding first{.id = 1, .since = kNow, .first_run = 2, .latest = kNow};
  EXPECT_EQ(record({farm}, 2, kNow).found, std::vector{first});
  KnownFinding later = first;
  later.latest = kNow + kDay;
  EXPECT_EQ(record({grown}, 3, kNow + kDay).found, std::vector{later});
  // A group may change altogether, little by little: each run goes by the one before it.
  EXPECT_EQ(record({{"x", "y"}, moved}, 4, kNow + 2 * kDay).found[1].id, 1);
}

TEST_F(FindingStoreTest, what_is_gone_is_known_and_comes_back_under_its_number) {
  const Members farm = {"a", "b"}, other = {"x", "y"};
  ASSERT_EQ(record({farm, other}, 1, kNow).found.size(), 2U);
  const RecordedFindings one = record({other}, 1, kNow);  // within the same second
  ASSERT_EQ(one.gone.size(), 1U);
  EXPECT_EQ(one.gone[0].id, 1);
  EXPECT_EQ(one.found[0].id, 2);
  EXPECT_EQ(record({farm}, 1, kNow + kFindingDays * kDay).found[0].id, 1);
  EXPECT_TRUE(record({}, 1, kNow + 2 * kFindingDays * kDay + 1).gone.empty()) << "nobody asks for it any more";
  EXPECT_EQ(record({farm}, 1, kNow + 2 * kFindingDays * kDay + 2).found[0].id, 3) << "a number is used once";
}

TEST_F(FindingStoreTest, who_is_erased_is_forgotten) {
  record({{"a", "somebody", "z"}}, 1, kNow);
  ASSERT_TRUE(open().erase(std::vector<std::string>{"somebody", "nobody"}));
  EXPECT_EQ(io::testing::read_file(path_).find("somebody"), std::string::npos);
  EXPECT_EQ(record({{"a", "z"}}, 1, kNow).found[0].id, 1);
}

TEST_F(FindingStoreTest, points_stay_as_they_are_beside_it) {
  record({{"a"}}, 1, kNow);
  auto points = PointStore::open(path_);
  ASSERT_TRUE(points) << points.error().message;
  EXPECT_TRUE(points->publish({.as_of = kNow, .model = "m", .published = kNow}, {}));
}

}  // namespace
}  // namespace renown::instance
