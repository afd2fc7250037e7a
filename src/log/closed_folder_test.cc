#include "log/closed_folder.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "log/test_vocabulary.h"

namespace renown::log {
namespace {

namespace fs = std::filesystem;

class ClosedFolderTest : public ::testing::Test {
 protected:
  InteractionLog open() {
    auto log = InteractionLog::create(path_, test::test_key());
    EXPECT_TRUE(log);
    return std::move(*log);
  }
  std::string stamp() {
    const auto folder = ClosedFolder::hold(path_);
    EXPECT_TRUE(folder) << folder.error().message;
    return folder ? folder->stamp() : "";
  }
  void import(const test::Rows& rows) {
    auto log = open();
    EXPECT_TRUE(test::import_rows(log, rows));
  }

  test::Scratch scratch_{"closed_folder"};
  std::string path_ = scratch_ / "data";
};

test::Row like(const std::string& actor) {
  test::Row row;
  row.time = 1;
  row.actor = actor;
  row.target = "hazel";
  return row;
}

TEST_F(ClosedFolderTest, stamps_each_state_of_the_database_once) {
  open();
  std::set<std::string> seen = {""};
  EXPECT_TRUE(seen.insert(stamp()).second);
  for (const std::string actor : {"ada", "bo", "cy"}) {
    import({like(actor)});
    EXPECT_TRUE(seen.insert(stamp()).second) << actor;
  }
  import({like("ada")});  // there already: the list of imports has a line more
  EXPECT_TRUE(seen.insert(stamp()).second);
  EXPECT_TRUE(open().erase("x", "bo"));
  EXPECT_TRUE(seen.insert(stamp()).second);
}

TEST_F(ClosedFolderTest, stamps_what_did_not_change_alike) {
  import({like("ada")});
  const std::string before = stamp();
  {
    const auto log = InteractionLog::open_for_reading(path_);
    ASSERT_TRUE(log);
    EXPECT_EQ(test::contents(*log).size(), 1u);
    EXPECT_EQ(stamp(), before) << "beside a reader";
  }
  EXPECT_EQ(stamp(), before);
}

TEST_F(ClosedFolderTest, does_not_know_while_changes_wait_beside_the_file) {
  import({like("ada")});
  std::ofstream(DataFolder(path_).database_wal()) << "changes";
  EXPECT_EQ(stamp(), "");
}

TEST_F(ClosedFolderTest, knows_a_file_that_was_put_in_the_place_of_an_equal_one) {
  import({like("ada")});
  const std::string before = stamp();
  fs::copy(DataFolder(path_).database(), path_ + "/interactions.duckdb.new");
  fs::rename(path_ + "/interactions.duckdb.new", DataFolder(path_).database());
  EXPECT_NE(stamp(), before);
}

TEST_F(ClosedFolderTest, is_held_against_writers_and_not_by_them) {
  import({like("ada")});
  {
    const auto held = ClosedFolder::hold(path_);
    ASSERT_TRUE(held);
    EXPECT_EQ(held->size_bytes(), fs::file_size(DataFolder(path_).database()));
    EXPECT_FALSE(InteractionLog::open_for_writing(path_));
    EXPECT_TRUE(InteractionLog::open_for_reading(path_));
  }
  const auto writer = open();
  const auto refused = ClosedFolder::hold(path_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::busy);
}

TEST_F(ClosedFolderTest, is_refused_like_a_log) {
  EXPECT_EQ(ClosedFolder::hold(path_).error().code, ErrorCode::not_found);
  import({like("ada")});
  fs::remove(DataFolder(path_).key());
  EXPECT_EQ(ClosedFolder::hold(path_).error().code, InteractionLog::open_for_reading(path_).error().code);
}

}  // namespace
}  // namespace renown::log
