#include "duck/database.h"

#include <csignal>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "duck/connection.h"

namespace renown::duck {
namespace {

namespace fs = std::filesystem;

class DatabaseFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("renown_duck_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    path_ = (folder_ / "test.duckdb").string();
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
  std::string path_;
};

TEST_F(DatabaseFile, KeepsWhatWasCommitted) {
  {
    auto database = Database::open(path_, {});
    ASSERT_TRUE(database) << database.error().message;
    auto connection = Connection::open(*database);
    ASSERT_TRUE(connection->execute("CREATE TABLE t (a BIGINT); INSERT INTO t VALUES (1), (2)"));
  }
  auto database = Database::open(path_, {.read_only = true});
  ASSERT_TRUE(database) << database.error().message;
  auto connection = Connection::open(*database);
  EXPECT_EQ(*connection->query_int64("SELECT sum(a)::BIGINT FROM t"), 3);
  EXPECT_FALSE(connection->execute("INSERT INTO t VALUES (3)"));
}

TEST_F(DatabaseFile, SaysWhenItIsNoDatabase) {
  std::ofstream(path_) << std::string(8192, 'x');
  auto database = Database::open(path_, {});
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::bad_input) << database.error().message;
  EXPECT_EQ(database.error().message.find('\n'), std::string::npos);
}

TEST_F(DatabaseFile, SaysWhenItIsMissing) {
  auto database = Database::open(path_, {.read_only = true});
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::io) << database.error().message;
}

TEST_F(DatabaseFile, SaysWhenAnotherProcessWritesIt) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto database = Database::open(path_, {});
    static_cast<void>(!::write(ready[1], database ? "y" : "n", 1));
    for (;;) ::pause();
  }
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');
  auto database = Database::open(path_, {});
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::busy) << database.error().message;
  EXPECT_NE(database.error().message.find(std::to_string(child)), std::string::npos) << database.error().message;
}

TEST_F(DatabaseFile, HasNoAccessToOtherFilesUnlessAsked) {
  const std::string copy = "COPY (SELECT 1 AS a) TO '" + (folder_ / "out.csv").string() + "'";
  auto closed = Database::in_memory({});
  auto connection = Connection::open(*closed);
  EXPECT_FALSE(connection->execute(copy));
  EXPECT_FALSE(fs::exists(folder_ / "out.csv"));

  auto open = Database::in_memory({.external_access = true});
  auto other = Connection::open(*open);
  EXPECT_TRUE(other->execute(copy));
  EXPECT_TRUE(fs::exists(folder_ / "out.csv"));
}

TEST(Database, TakesThreadsAndMemoryLimit) {
  auto database = Database::in_memory({.threads = 1, .memory_limit_bytes = std::uint64_t{64} << 20});
  ASSERT_TRUE(database) << database.error().message;
  auto connection = Connection::open(*database);
  EXPECT_EQ(*connection->query_int64("SELECT current_setting('threads')::BIGINT"), 1);
  // More than fits, and nowhere to spill: an error, not a crash.
  auto sorted =
      connection->execute("CREATE TABLE t AS SELECT range AS a, hash(range) AS b FROM range(50000000) ORDER BY b");
  ASSERT_FALSE(sorted);
  EXPECT_EQ(sorted.error().code, ErrorCode::io) << sorted.error().message;
}

}  // namespace
}  // namespace renown::duck
