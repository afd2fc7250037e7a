// Which texts an act shows of all the rows that became one.
#include "aggregate/act_texts.h"

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "aggregate/intake.h"
#include "model/interaction_block.h"

namespace renown::aggregate {
namespace {

constexpr std::int64_t kSecond = 1'700'000'000;
constexpr std::int64_t kAsOf = kSecond + 100;

struct TestRow {
  Kind kind = Kind::like;
  std::string post, id, tags;
  std::int64_t time = kSecond;
};

struct Case {
  std::string name;
  std::vector<TestRow> rows;  ///< of bob on ann
  std::string post, tags;     ///< of his act in kSecond
  friend std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.name; }
};

class TextsOfAnAct : public testing::TestWithParam<Case> {};

TEST_P(TextsOfAnAct, are_those_of_the_row_that_stands) {
  const PeopleMap nobody_linked;
  base::SpillArea area(0, std::filesystem::temp_directory_path());
  Intake intake(nobody_linked, area, Intake::Keeps{.texts = true});
  model::InteractionBlock block;
  block.push({kSecond, Kind::reply, "forum", "cat", "ann", "of cat", "", "cats"});  // in the same partition
  for (const TestRow& row : GetParam().rows)
    block.push({row.time, row.kind, "forum", "bob", "ann", row.post, row.id, row.tags});
  intake.add(block);
  intake.finish();

  const AccountOrder& order = intake.order();
  UndoSet undos;
  for (const KeyedRow& undo : intake.undos()) undos.add(undo);
  ActTexts texts(*intake.row_texts(), undos, order, kAsOf);
  const AccountId ann = intake.accounts().find("forum", "ann");
  const AccountId bob = intake.accounts().find("forum", "bob");
  texts.load(intake.partition_of(ann));
  const auto found = texts.of({order.rank_of(bob), order.rank_of(ann), Moment::of(kSecond, Kind::like)});
  EXPECT_EQ(intake.row_texts()->texts()[found.post], GetParam().post);
  EXPECT_EQ(intake.row_texts()->texts()[found.tags], GetParam().tags);
}

INSTANTIATE_TEST_SUITE_P(
    Table, TextsOfAnAct,
    testing::Values(
        Case{"one row", {{Kind::like, "a", "1", "t"}}, "a", "t"},
        Case{"one without texts", {{Kind::like, "", "", ""}}, "", ""},
        Case{"of another second", {{Kind::like, "b", "", "", kSecond - 1}, {Kind::like, "a", "", ""}}, "a", ""},
        Case{"kinds come first", {{Kind::repost, "a", "", "t"}, {Kind::quote, "b", "", "u"}}, "b", "u"},
        Case{"then posts", {{Kind::like, "b", "1", "t"}, {Kind::like, "a", "2", "u"}}, "a", "u"},
        Case{"no post before any", {{Kind::like, "a", "", "t"}, {Kind::like, "", "", ""}}, "", ""},
        Case{"then ids", {{Kind::like, "a", "2", "t"}, {Kind::like, "a", "1", "u"}}, "a", "u"},
        Case{"then tags", {{Kind::like, "a", "1", "u"}, {Kind::like, "a", "1", "t"}}, "a", "t"},
        Case{"taken back by its post",
             {{Kind::like, "a", "", "t"}, {Kind::like, "b", "", "u"}, {Kind::undo, "a", "", "", kSecond + 1}},
             "b",
             "u"},
        Case{"taken back by its id",
             {{Kind::like, "a", "1", "t"}, {Kind::like, "b", "2", "u"}, {Kind::undo, "", "1", "", kSecond + 1}},
             "b",
             "u"}));

TEST(ActTexts, of_the_future_are_not_looked_at) {
  const PeopleMap nobody_linked;
  base::SpillArea area(0, std::filesystem::temp_directory_path());
  Intake intake(nobody_linked, area, Intake::Keeps{.texts = true});
  model::InteractionBlock block;
  block.push({kAsOf, Kind::like, "forum", "bob", "ann", "a", "", ""});
  intake.add(block);
  intake.finish();
  const AccountOrder& order = intake.order();
  const UndoSet undos;
  ActTexts texts(*intake.row_texts(), undos, order, kAsOf);
  const AccountId ann = intake.accounts().find("forum", "ann");
  texts.load(intake.partition_of(ann));
  const auto found = texts.of(
      {order.rank_of(intake.accounts().find("forum", "bob")), order.rank_of(ann), Moment::of(kAsOf, Kind::like)});
  EXPECT_EQ(found.post, TextId{0});
}

TEST(RowTexts, keep_nothing_of_a_log_without_texts) {
  const PeopleMap nobody_linked;
  base::SpillArea area(std::uint64_t{1} << 20, std::filesystem::temp_directory_path());
  Intake intake(nobody_linked, area, Intake::Keeps{.texts = true});
  model::InteractionBlock block;
  block.push({kSecond, Kind::like, "forum", "bob", "ann", "", "", ""});
  intake.add(block);
  intake.finish();
  EXPECT_EQ(intake.row_texts()->rows().size(), 0u);
}

}  // namespace
}  // namespace renown::aggregate
