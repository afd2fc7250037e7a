#include "store/database.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/schema.h"

namespace renown::store {
namespace {

class Store : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("renown-store-" + std::to_string(::getpid()) + "-" +
                                                        testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    path_ = (folder_ / "a.sqlite").string();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Database open() {
    auto database = Database::open_for_writing(path_);
    EXPECT_TRUE(database) << database.error().message;
    return std::move(*database);
  }
  std::string bytes() const {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      std::ifstream file(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }

  std::filesystem::path folder_;
  std::string path_;
};

constexpr const char* kSteps[] = {"CREATE TABLE a(x TEXT)", "ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 7"};
const Schema kOne = {.what = "the test store", .application_id = 77, .steps = std::span(kSteps).first(1)};
const Schema kTwo = {.what = "the test store", .application_id = 77, .steps = kSteps};

TEST_F(Store, GivesBackEveryTypeByteForByte) {
  Database database = open();
  ASSERT_TRUE(database.execute_script("CREATE TABLE t(a, b, c, d, e)"));
  const std::string odd("a\0'\xF0\x9F\x92\xA9", 7);
  ASSERT_TRUE(database.execute("INSERT INTO t VALUES (?,?,?,?,?)", {std::int64_t{INT64_MIN}, 0.1, std::string_view(odd),
                                                                    std::monostate(), std::string_view()}));
  auto rows = database.query("SELECT a, b, c, d, e FROM t");
  ASSERT_TRUE(rows);
  ASSERT_TRUE(*rows->next());
  EXPECT_EQ(rows->integer(0), INT64_MIN);
  EXPECT_EQ(rows->real(1), 0.1);
  EXPECT_EQ(rows->text(2), odd);
  EXPECT_TRUE(rows->is_null(3));
  EXPECT_FALSE(rows->is_null(4));
  EXPECT_FALSE(*rows->next());
}

TEST_F(Store, AKeptStatementRunsAgainWithOtherValues) {
  Database database = open();
  ASSERT_TRUE(database.execute_script("CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 'one'), (2, 'two')"));
  auto prepared = database.prepare("SELECT b FROM t WHERE a = ?");
  ASSERT_TRUE(prepared);
  for (const auto& [a, b] : {std::pair{1, "one"}, {2, "two"}, {1, "one"}}) {
    auto rows = prepared->query({std::int64_t{a}});
    ASSERT_TRUE(*rows->next());
    EXPECT_EQ(rows->text(0), b);
    EXPECT_FALSE(prepared->query({std::int64_t{a}})) << "its rows are still being read";
  }
  {
    auto forgotten = prepared->query();
    EXPECT_FALSE(*forgotten->next()) << "the value of the last run is not kept";
  }
  ASSERT_TRUE(database.execute_script("ALTER TABLE t ADD COLUMN c; UPDATE t SET b = 'uno' WHERE a = 1"));
  ASSERT_TRUE(database.leave_nothing_deleted());
  auto rows = prepared->query({std::int64_t{1}});
  ASSERT_TRUE(*rows->next());
  EXPECT_EQ(rows->text(0), "uno") << "whatever became of the tables";
  EXPECT_FALSE(database.prepare("SELECT nothing"));
}

TEST_F(Store, IsForItsOwnerOnly) {
  open();
  EXPECT_EQ(std::filesystem::status(path_).permissions() & std::filesystem::perms(0077), std::filesystem::perms::none);
}

TEST_F(Store, ATransactionHappensWholeOrNotAtAll) {
  Database database = open();
  ASSERT_TRUE(database.execute_script("CREATE TABLE t(a UNIQUE)"));
  {
    auto transaction = Transaction::begin(database);
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(database.execute("INSERT INTO t VALUES (1)"));
  }
  EXPECT_EQ(*database.query_integer("SELECT count(*) FROM t"), 0);
  auto transaction = Transaction::begin(database);
  ASSERT_TRUE(database.execute("INSERT INTO t VALUES (1)"));
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(*database.query_integer("SELECT count(*) FROM t"), 1);
}

TEST_F(Store, ACopyHasWhatWasCommittedAndNothingThatWasDeleted) {
  Database database = open();
  ASSERT_TRUE(
      database.execute_script("PRAGMA user_version = 3; PRAGMA secure_delete = OFF; CREATE TABLE t(a);"
                              "INSERT INTO t VALUES ('a word that was deleted'), ('kept');"
                              "DELETE FROM t WHERE a <> 'kept'"));
  const std::string copy = (folder_ / "copy.sqlite").string();
  ASSERT_TRUE(Database::open_for_reading(path_)->write_copy(copy)) << "while a writer has it open";
  EXPECT_FALSE(database.write_copy(copy)) << "never over another file";
  auto copied = Database::open_for_reading(copy);
  ASSERT_TRUE(copied) << copied.error().message;
  EXPECT_EQ(*copied->query_integer("SELECT count(*) FROM t WHERE a = 'kept'"), 1);
  EXPECT_EQ(*copied->query_integer("PRAGMA user_version"), 3);
  std::ifstream file(copy, std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(all.find("was deleted"), std::string::npos);
}

TEST_F(Store, ACheckFindsDamage) {
  {
    Database database = open();
    ASSERT_TRUE(database.execute_script("CREATE TABLE t(a); CREATE INDEX i ON t(a)"));
    for (int i = 0; i < 1000; ++i) ASSERT_TRUE(database.execute("INSERT INTO t VALUES (?)", {std::int64_t{i}}));
    EXPECT_TRUE(database.check(Database::Depth::quick));
    EXPECT_TRUE(database.check(Database::Depth::whole));
  }
  std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(2 * 4096);
  file << std::string(4096, '\x7f');
  file.close();
  auto database = Database::open_for_reading(path_);
  ASSERT_TRUE(database);
  const auto found = database->check(Database::Depth::whole);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::bad_input);
  EXPECT_NE(found.error().message.find(path_), std::string::npos) << found.error().message;
}

TEST_F(Store, AKilledWriterLosesNothingCommittedAndLeavesNothingElse) {
  ASSERT_TRUE(open().execute_script("CREATE TABLE t(a)"));
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    Database database = open();
    static_cast<void>(!database.execute("INSERT INTO t VALUES ('committed')"));
    auto transaction = Transaction::begin(database);
    static_cast<void>(!database.execute("INSERT INTO t VALUES ('begun')"));
    static_cast<void>(!::write(ends[1], "x", 1));
    ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ends[0], &byte, 1), 1);
  ASSERT_EQ(::kill(child, SIGKILL), 0);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the kill must have been what ended it";
  ASSERT_GT(std::filesystem::file_size(path_ + "-wal"), 0U) << "the fault left work to be gone over";
  Database database = open();
  EXPECT_EQ(*database.query_integer("SELECT count(*) FROM t WHERE a = 'committed'"), 1);
  EXPECT_EQ(*database.query_integer("SELECT count(*) FROM t"), 1);
}

TEST_F(Store, NoByteOfWhatWasDeletedIsLeft) {
  Database database = open();
  ASSERT_TRUE(database.execute_script("CREATE TABLE t(a); INSERT INTO t VALUES ('zaphod-beeblebrox')"));
  ASSERT_NE(bytes().find("zaphod"), std::string::npos) << "it was there";
  ASSERT_TRUE(database.execute("DELETE FROM t"));
  ASSERT_TRUE(database.leave_nothing_deleted());
  EXPECT_EQ(bytes().find("zaphod"), std::string::npos);
}

TEST_F(Store, GoesUpStepByStepAndNeverDown) {
  {
    Database database = open();
    ASSERT_TRUE(migrate(database, kOne));
    ASSERT_TRUE(database.execute("INSERT INTO a VALUES ('x')"));
    EXPECT_TRUE(check_schema(database, kOne));
    const auto older = check_schema(database, kTwo);
    ASSERT_FALSE(older);
    EXPECT_NE(older.error().message.find("older Renown"), std::string::npos);
    ASSERT_TRUE(migrate(database, kTwo));
    EXPECT_EQ(*database.query_integer("SELECT y FROM a"), 7) << "what was there stays";
  }
  Database database = open();
  const auto newer = migrate(database, kOne);
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().code, ErrorCode::bad_input);
  EXPECT_NE(newer.error().message.find("written by a newer Renown (version 2"), std::string::npos)
      << newer.error().message;
}

TEST_F(Store, PartsHaveVersionsOfTheirOwn) {
  static constexpr const char* kPartSteps[] = {"CREATE TABLE part_a(x); INSERT INTO part_a VALUES (7)",
                                               "ALTER TABLE part_a ADD COLUMN y"};
  {
    Database database = open();
    ASSERT_TRUE(migrate(database, kOne));
    ASSERT_TRUE(migrate_part(database, {"part", std::span(kPartSteps).first(1)}));
    ASSERT_TRUE(migrate_part(database, {"other", {}}));
  }
  Database database = open();
  ASSERT_TRUE(migrate(database, kOne)) << "its owner still knows the store";
  ASSERT_TRUE(migrate_part(database, {"part", kPartSteps}));
  ASSERT_TRUE(migrate_part(database, {"part", kPartSteps})) << "again is no change";
  EXPECT_EQ(*database.query_integer("SELECT x FROM part_a WHERE y IS NULL"), 7);
  const auto newer = migrate_part(database, {"part", std::span(kPartSteps).first(1)});
  ASSERT_FALSE(newer);
  EXPECT_NE(newer.error().message.find("written by a newer Renown (version 2"), std::string::npos);
}

TEST_F(Store, AnotherProgramsFileIsRefused) {
  ASSERT_TRUE(open().execute_script("CREATE TABLE theirs(a)"));
  Database database = open();
  const auto refused = migrate(database, kOne);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("is not the test store"), std::string::npos);
}

TEST_F(Store, SaysWhatIsWrongWithAFile) {
  std::ofstream(path_) << std::string(5000, 'x');
  const auto no_database = Database::open_for_writing(path_);
  ASSERT_FALSE(no_database);
  EXPECT_EQ(no_database.error().code, ErrorCode::bad_input);
  EXPECT_EQ(Database::open_for_reading(path_ + "-none").error().code, ErrorCode::not_found);
  EXPECT_EQ(Database::open_for_writing((folder_ / "no/where").string()).error().code, ErrorCode::io);
}

TEST_F(Store, ReadersReadBesideEachOther) {
  ASSERT_TRUE(open().execute_script("CREATE TABLE t(a); INSERT INTO t VALUES (5)"));
  auto one = Database::open_for_reading(path_), two = Database::open_for_reading(path_);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(*one->query_integer("SELECT a FROM t"), 5);
  EXPECT_EQ(*two->query_integer("SELECT a FROM t"), 5);
  EXPECT_FALSE(one->execute("DELETE FROM t"));
}

}  // namespace
}  // namespace renown::store
