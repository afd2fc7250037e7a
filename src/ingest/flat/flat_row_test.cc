#include "ingest/flat/flat_row.h"

#include <gtest/gtest.h>

#include "ingest/flat/testing.h"

namespace renown::ingest::flat {
namespace {

/// A good row with one column changed.
FlatRow row_with(Column column, std::string_view text) {
  FlatRow row;
  row[Column::time] = "1420070400";
  row[Column::network] = "github";
  row[Column::kind] = "like";
  row[Column::actor] = "ann";
  row[Column::target] = "bob";
  row[Column::post] = "p1";
  row[Column::id] = "i1";
  row[Column::tags] = "birds trees";
  row[column] = text;
  return row;
}

std::string result_of(const FlatRow& row) {
  auto act = read_row(row);
  return act ? testing::shown(*act) : act.error().message;
}

struct Case {
  Column column;
  std::string text;
  std::string wanted;  ///< the row, or what is wrong with it
};

class ReadRow : public ::testing::TestWithParam<Case> {};

TEST_P(ReadRow, with_one_column_changed) {
  EXPECT_EQ(result_of(row_with(GetParam().column, GetParam().text)), GetParam().wanted);
}

constexpr std::string_view kKinds =
    "the kinds are endorse, tip, quote, repost, review, reply, comment, mention, star, like, post, follow, undo";

INSTANTIATE_TEST_SUITE_P(
    table, ReadRow,
    ::testing::Values(Case{Column::time, "2015-01-01T00:00:00Z", "1420070400 github like ann>bob p1 i1 birds trees"},
                      Case{Column::time, "", "time is empty"}, Case{Column::time, "-1", "time -1 is before 1970"},
                      Case{Column::time, "soon",
                           "time 'soon' is neither RFC 3339 (2015-01-01T00:00:00Z) nor unix seconds (1420070400)"},
                      Case{Column::network, "", "network is empty"},
                      Case{Column::network, std::string(64, 'n'),
                           "1420070400 " + std::string(64, 'n') + " like ann>bob p1 i1 birds trees"},
                      Case{Column::network, std::string(65, 'n'), "network is longer than 64 bytes"},
                      Case{Column::kind, "", "kind is empty"},
                      Case{Column::kind, "LIKE", "kind 'LIKE' is unknown: " + std::string(kKinds)},
                      Case{Column::kind, "a\x1b[2J", "kind 'a\\x1b[2J' is unknown: " + std::string(kKinds)},
                      Case{Column::kind, "post", "1420070400 github post ann>- p1 i1 birds trees"},
                      Case{Column::kind, "undo", "1420070400 github undo ann>bob p1 i1 birds trees"},
                      Case{Column::actor, "", "actor is empty"},
                      Case{Column::actor, " ", "1420070400 github like  >bob p1 i1 birds trees"},
                      Case{Column::actor, " Ann\t", "1420070400 github like  Ann\t>bob p1 i1 birds trees"},
                      Case{Column::actor, std::string(1025, 'a'), "actor is longer than 1024 bytes"},
                      Case{Column::actor, "an\xff", "actor is not UTF-8 (its byte 3)"},
                      Case{Column::actor, std::string("a\0b", 3), "actor holds a NUL byte"},
                      Case{Column::target, "", "target is empty"},
                      Case{Column::target, std::string(1025, 'a'), "target is longer than 1024 bytes"},
                      Case{Column::target, "\x80", "target is not UTF-8 (its byte 1)"},
                      Case{Column::post, "", "1420070400 github like ann>bob - i1 birds trees"},
                      Case{Column::post, std::string(4097, 'p'), "post is longer than 4096 bytes"},
                      Case{Column::id, "", "1420070400 github like ann>bob p1 - birds trees"},
                      Case{Column::id, std::string(4097, 'p'), "id is longer than 4096 bytes"},
                      Case{Column::tags, "", "1420070400 github like ann>bob p1 i1 -"},
                      Case{Column::tags, std::string(4097, 'p'), "tags is longer than 4096 bytes"},
                      Case{Column::tags, std::string("\0", 1), "tags holds a NUL byte"}));

TEST(ReadRow, an_undo_needs_a_target_or_an_id) {
  FlatRow row = row_with(Column::kind, "undo");
  row[Column::target] = "";
  EXPECT_EQ(result_of(row), "1420070400 github undo ann>- p1 i1 birds trees");
  row[Column::id] = "";
  EXPECT_EQ(result_of(row), "target and id are both empty: an undo needs one of them");
}

TEST(ReadRow, names_that_look_alike_stay_apart) {
  // composed and decomposed, Latin and Cyrillic, upper and lower case
  for (const char* name : {"\xc3\xa9", "e\xcc\x81", "paypal", "p\xd0\xb0ypal", "Paypal"}) {
    EXPECT_EQ(read_row(row_with(Column::actor, name))->actor, name);
  }
}

TEST(MissingColumn, names_what_is_missing_and_what_is_there) {
  EXPECT_EQ(
      missing_column("x.csv", Column::kind, {"time", "type"}).message,
      "x.csv has no column 'kind': it has 'time' and 'type'; a flat log needs time, network, kind, actor, target");
  const std::vector<std::string> many(1000, "c");
  EXPECT_LT(missing_column("x.csv", Column::kind, many).message.size(), 400U);
}

TEST(IgnoredColumns, is_one_sentence) {
  EXPECT_EQ(ignored_columns("x.csv", {"likes"}), "x.csv: column 'likes' is no part of a flat log and ignored");
  EXPECT_EQ(ignored_columns("x.csv", {"a", "b", "c"}),
            "x.csv: columns 'a', 'b' and 'c' are no part of a flat log and ignored");
}

}  // namespace
}  // namespace renown::ingest::flat
