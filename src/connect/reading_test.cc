#include "connect/reading.h"

#include <vector>

#include <gtest/gtest.h>

namespace renown::connect {
namespace {

/// Gives what it is told, one piece after the other.
class Scripted final : public Connector {
 public:
  explicit Scripted(std::vector<std::expected<Pull, Problem>> pieces) : pieces_(std::move(pieces)) {}
  std::expected<Pull, Problem> pull(std::string_view, std::stop_token) override { return pieces_.at(next_++); }

 private:
  std::vector<std::expected<Pull, Problem>> pieces_;
  std::size_t next_ = 0;
};

Pull piece(std::string cursor, bool more) {
  return {.cursor = std::move(cursor), .more = more};
}

TEST(Reading, goes_to_the_end) {
  Scripted source({piece("a", true), piece("b", false)});
  Reading reading(source, {.cursor = "start", .whole = "start"});
  ASSERT_TRUE(reading.next({}));
  EXPECT_EQ(reading.place(), (Place{"a", "start"}));
  EXPECT_FALSE(reading.ended());
  ASSERT_TRUE(reading.next({}));
  EXPECT_EQ(reading.place(), (Place{"b", "b"}));
  EXPECT_TRUE(reading.ended());
}

TEST(Reading, may_end_where_it_began) {
  Scripted source({piece("start", false)});
  Reading reading(source, {.cursor = "start", .whole = "start"});
  EXPECT_TRUE(reading.next({}));
}

TEST(Reading, ends_circles_and_begins_them_again_from_the_last_whole_reading) {
  Scripted source({piece("a", true), piece("b", true), piece("a", true)});
  Reading reading(source, {.cursor = "old", .whole = "old"});
  ASSERT_TRUE(reading.next({}));
  ASSERT_TRUE(reading.next({}));
  EXPECT_EQ(reading.place().cursor, "b");
  EXPECT_EQ(reading.next({}).error().kind, ProblemKind::malformed);
  EXPECT_EQ(reading.place(), (Place{"old", "old"}));
  EXPECT_TRUE(reading.ended());
}

TEST(Reading, goes_on_from_the_last_piece_after_other_problems) {
  Scripted source({piece("a", true), std::unexpected(Problem{ProblemKind::unavailable, "no"})});
  Reading reading(source, {.cursor = "old", .whole = "old"});
  ASSERT_TRUE(reading.next({}));
  EXPECT_FALSE(reading.next({}));
  EXPECT_EQ(reading.place(), (Place{"a", "old"}));
}

TEST(Reading, leaves_what_is_too_long_to_the_next_one) {
  Scripted source({piece("a", true), piece("b", true), piece("c", true)});
  Reading reading(source, {}, 3);
  ASSERT_TRUE(reading.next({}));
  ASSERT_TRUE(reading.next({}));
  EXPECT_EQ(reading.next({}).error().kind, ProblemKind::try_later);
  EXPECT_EQ(reading.place().cursor, "b");
}

TEST(Reading, refuses_a_cursor_that_cannot_be_kept) {
  for (const std::string& cursor : {std::string(Reading::kMostCursorBytes + 1, 'x'), std::string("\xff")}) {
    Scripted source({piece(cursor, false)});
    Reading reading(source, {.cursor = "old"});
    EXPECT_EQ(reading.next({}).error().kind, ProblemKind::internal);
    EXPECT_EQ(reading.place().cursor, "old");
  }
}

}  // namespace
}  // namespace renown::connect
