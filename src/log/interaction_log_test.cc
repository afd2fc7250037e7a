#include "log/interaction_log.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/wait.h>

#include "base/time.h"
#include "duck/connection.h"
#include "log/test_vocabulary.h"

namespace renown::log {
namespace {

namespace fs = std::filesystem;
using test::as_set;
using test::contents;
using test::Row;
using test::Rows;

class Log : public test::LogTest {
 protected:
  /// Opens the folder for writing, which must fail.
  Error refusal() {
    auto log = InteractionLog::open_for_writing(folder_);
    EXPECT_FALSE(log);
    return log ? Error() : log.error();
  }
  void run_sql(const std::string& sql) {
    auto database = duck::Database::open(folder_ + "/interactions.duckdb", {});
    ASSERT_TRUE(database) << database.error().message;
    auto connection = duck::Connection::open(*database);
    auto done = connection->execute(sql);
    ASSERT_TRUE(done) << done.error().message;
  }
};

Rows some_rows(std::int64_t count) {
  Rows rows;
  for (std::int64_t i = 0; i < count; ++i) {
    rows.push_back({1'400'000'000 + i * 7, static_cast<Kind>(i % 13), i % 2 == 0 ? "github" : "mastodon",
                    fmt::format("actor{}", i % 97), i % 13 == 10 ? "" : fmt::format("target{}", i % 31),
                    fmt::format("https://example.org/post/{}", i / 3), fmt::format("id{}", i),
                    i % 4 == 0 ? "cpp data" : ""});
  }
  return rows;
}

TEST_F(Log, IsEmptyAtFirst) {
  auto log = create();
  EXPECT_EQ(*log.size(), 0U);
  EXPECT_EQ(contents(log), Rows());
  EXPECT_TRUE(log.imports()->empty());
}

TEST_F(Log, GivesBackWhatItWasGiven) {
  const Rows rows = some_rows(20'000);
  {
    auto log = create();
    const auto counts = import(log, rows);
    EXPECT_EQ(counts.added, 20'000U);
    EXPECT_EQ(counts.rows, 20'000U);
    EXPECT_EQ(counts.duplicates, 0U);
    EXPECT_EQ(contents(log), as_set(rows));
  }
  auto log = open_to_read();
  EXPECT_EQ(contents(log), as_set(rows));
  EXPECT_EQ(*log.size(), 20'000U);
}

TEST_F(Log, KeepsOddTexts) {
  using namespace std::string_literals;
  const Rows rows = {
      {1, Kind::like, "x", "a\0b"s, "c\nd", "\"quoted\",'", "\xF0\x9F\x98\x80", "  "},
      {1, Kind::like, "x", "a\0c"s, "c\nd", "\"quoted\",'", "\xF0\x9F\x98\x80", "  "},
      {0, Kind::undo, "x", "a", "", "", "", ""},
      {base::kMaxTime, Kind::post, "x", "a", "", std::string(300'000, 'p'), "9223372036854775808", "t"},
      {5, Kind::endorse, "ünïcode", "山田", "Ω", "\u202Eabc", "NULL", "null"},
  };
  auto log = create();
  EXPECT_EQ(import(log, rows).added, rows.size());
  EXPECT_EQ(contents(log), as_set(rows));
}

TEST_F(Log, ASecondImportAddsNothing) {
  const Rows rows = some_rows(5'000);
  auto log = create();
  EXPECT_EQ(import(log, rows).added, 5'000U);
  const auto again = import(log, rows, {.batch_rows = 700});
  EXPECT_EQ(again.added, 0U);
  EXPECT_EQ(again.duplicates, 5'000U);
  EXPECT_EQ(contents(log), as_set(rows));
}

TEST_F(Log, RowsDifferIfAnyColumnDiffers) {
  const Row first = {100, Kind::like, "x", "a", "b", "p", "i", "t"};
  Rows rows = {first};
  const auto other = [&](auto member, auto value) {
    rows.push_back(first);
    rows.back().*member = value;
  };
  other(&Row::time, 101);
  other(&Row::kind, Kind::star);
  for (auto text : {&Row::network, &Row::actor, &Row::target, &Row::post, &Row::id, &Row::tags}) other(text, "other");
  auto log = create();
  EXPECT_EQ(import(log, rows, {.batch_rows = 2}).added, rows.size());
  EXPECT_EQ(import(log, rows).duplicates, rows.size());
}

TEST_F(Log, CommitsInBatches) {
  auto log = create();
  std::vector<ImportCounts> commits;
  const auto counts =
      import(log, some_rows(1'000),
             {.batch_rows = 300, .on_commit = [&](const auto& durable) { commits.push_back(durable); }});
  ASSERT_EQ(commits.size(), 4U);
  EXPECT_EQ(commits[0].rows, 300U);
  EXPECT_EQ(commits[2].rows, 900U);
  EXPECT_EQ(commits[3].rows, 1'000U);
  EXPECT_EQ(commits[3].batches, 4U);
  EXPECT_EQ(counts.batches, 4U);
}

TEST_F(Log, AnImportGivenUpKeepsItsCommittedBatches) {
  const Rows rows = some_rows(1'000);
  {
    auto log = create();
    auto import = log.begin_import({.name = "cut off"}, {.batch_rows = 300});
    model::InteractionBlock block;
    for (const Row& row : rows) block.push(row.view());
    ASSERT_TRUE(import->add(block));
    EXPECT_EQ(import->durable().rows, 900U);
  }
  auto log = reopen();
  EXPECT_EQ(contents(log), as_set(Rows(rows.begin(), rows.begin() + 900)));
  ASSERT_EQ(log.imports()->size(), 1U);
  EXPECT_FALSE(log.imports()->front().complete);
  EXPECT_EQ(log.imports()->front().rows, 900U);
  EXPECT_EQ(import(log, rows).added, 100U);
}

TEST_F(Log, ListsItsImports) {
  {
    auto log = create();
    auto import = log.begin_import({.name = "a.csv", .digest = "abc", .size_bytes = 12, .time = 99});
    ASSERT_TRUE(import->finish());
  }
  auto log = reopen();
  import(log, some_rows(10), {}, "b.csv");
  import(log, some_rows(20), {}, "b.csv");
  const auto imports = *log.imports();
  ASSERT_EQ(imports.size(), 3U);
  EXPECT_EQ(imports[0].name, "a.csv");
  EXPECT_EQ(imports[0].digest, "abc");
  EXPECT_EQ(imports[0].size_bytes, 12U);
  EXPECT_EQ(imports[0].time, 99);
  EXPECT_EQ(imports[0].rows, 0U);
  EXPECT_TRUE(imports[0].complete);
  EXPECT_EQ(imports[2].rows, 20U);
  EXPECT_EQ(imports[2].added, 10U);
}

TEST_F(Log, TakesAFileWhoseNameIsNoText) {
  auto log = create();
  import(log, some_rows(1), {}, "caf\xE9.csv");
  EXPECT_EQ(log.imports()->front().name, "caf\uFFFD.csv");
}

TEST_F(Log, LeavesOutWhatItCannotHold) {
  const Row good = {100, Kind::like, "x", "a", "b", "p", "i", "t"};
  Rows rows = {good};
  for (auto text : {&Row::network, &Row::actor, &Row::target, &Row::post, &Row::id, &Row::tags}) {
    rows.push_back(good);
    rows.back().*text = "caf\xE9";
  }
  for (const std::int64_t time : {std::int64_t{-1}, base::kMaxTime + 1}) {
    rows.push_back(good);
    rows.back().time = time;
  }
  auto log = create();
  const auto counts = import(log, rows);
  EXPECT_EQ(counts.rows, 9U);
  EXPECT_EQ(counts.added, 1U);
  EXPECT_EQ(counts.unusable, 8U);
  EXPECT_EQ(contents(log), Rows{good});
}

TEST_F(Log, RefusesABatchOfNoRows) {
  auto log = create();
  auto import = log.begin_import({.name = "x"}, {.batch_rows = 0});
  ASSERT_FALSE(import);
  EXPECT_EQ(import.error().code, ErrorCode::usage);
}

TEST_F(Log, AReaderTellsHowFarItIs) {
  auto log = create();
  import(log, some_rows(30'000));
  auto reader = *log.read();
  EXPECT_EQ(reader->bytes_read(), 0U);
  model::InteractionBlock block;
  EXPECT_TRUE(*reader->read(block));
  EXPECT_EQ(block.size(), model::InteractionBlock::kRows);
  EXPECT_GT(reader->bytes_read(), log.size_bytes() / 5);
  EXPECT_LT(reader->bytes_read(), log.size_bytes() / 3);
  ASSERT_TRUE(test::read_all(*reader));
  EXPECT_EQ(reader->bytes_read(), log.size_bytes());
  EXPECT_EQ(reader->report().records, 30'000U);
  EXPECT_EQ(reader->report().interactions, 30'000U);
  EXPECT_EQ(reader->report().bad, 0U);
}

TEST_F(Log, AReaderSeesTheLogAsItWasWhenItBegan) {
  auto log = create();
  import(log, some_rows(100));
  auto reader = *log.read();
  import(log, some_rows(200));
  EXPECT_EQ(test::read_all(*reader)->size(), 100U);
  EXPECT_EQ(contents(log).size(), 200U);
}

TEST_F(Log, IsReadByManyOrWrittenByOne) {
  create();
  {
    auto one = open_to_read();
    auto two = open_to_read();
    EXPECT_EQ(*two.size(), 0U);
    EXPECT_EQ(refusal().code, ErrorCode::busy);
  }
  auto writer = reopen();
  EXPECT_EQ(refusal().code, ErrorCode::busy);
  EXPECT_EQ(InteractionLog::open_for_reading(folder_).error().code, ErrorCode::busy);
  EXPECT_EQ(InteractionLog::create(folder_, test::test_key()).error().code, ErrorCode::busy);
}

TEST_F(Log, IsNotWrittenThroughAReadOnlyOne) {
  create();
  auto log = open_to_read();
  auto import = test::import_rows(log, some_rows(1));
  ASSERT_FALSE(import);
  EXPECT_EQ(import.error().message, "the data folder " + folder_ + " was opened for reading only");
  EXPECT_EQ(log.erase("x", "a").error().message, import.error().message);
  EXPECT_EQ(*log.size(), 0U);
}

// A killed writer leaves its last batches in the write-ahead log; the next reader finds them there.
TEST_F(Log, SurvivesAKill) {
  const Rows rows = some_rows(3'000);
  const pid_t child = ::fork();
  if (child == 0) {
    auto log = InteractionLog::create(folder_, test::test_key());
    auto counts = test::import_rows(*log, rows, {.batch_rows = 1'000});
    if (counts) ::kill(::getpid(), SIGKILL);
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the fault did not happen";
  ASSERT_TRUE(fs::exists(folder_ + "/interactions.duckdb.wal")) << "nothing to recover from";
  {
    auto log = open_to_read();
    EXPECT_EQ(contents(log), as_set(rows));
  }
  auto log = reopen();
  EXPECT_EQ(contents(log), as_set(rows));
  EXPECT_EQ(import(log, rows).added, 0U);
}

TEST_F(Log, CreatesAgainWhatAKillLeftHalfMade) {
  fs::create_directories(folder_);
  std::ofstream(folder_ + "/lock") << "1\n";
  std::ofstream(folder_ + "/tombstone.key.new") << "abc";
  std::ofstream(folder_ + "/interactions.duckdb.new") << "half";
  std::ofstream(folder_ + "/interactions.duckdb.new.wal") << "half";
  auto log = create();
  EXPECT_EQ(*log.size(), 0U);
  EXPECT_FALSE(fs::exists(folder_ + "/interactions.duckdb.new"));
  EXPECT_FALSE(fs::exists(folder_ + "/interactions.duckdb.new.wal"));
}

TEST_F(Log, MakesItsFolderForItsOwnerOnly) {
  folder_ = scratch_ / "deep/er/data";
  auto log = create();
  EXPECT_EQ(fs::status(folder_).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(folder_ + "/tombstone.key").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(Log, ASlashAtTheEndIsNothing) {
  {
    auto log = InteractionLog::create(folder_ + "//", test::test_key());
  }
  EXPECT_EQ(fs::status(folder_).permissions(), fs::perms::owner_all);
  reopen();
}

TEST_F(Log, CreatedTwiceKeepsItsKeyAndRows) {
  {
    auto log = create();
    import(log, some_rows(5));
  }
  auto log = InteractionLog::create(folder_, test::test_key(99));
  ASSERT_TRUE(log) << log.error().message;
  EXPECT_EQ(*log->size(), 5U);
  EXPECT_EQ(test::bytes_of(folder_ + "/tombstone.key"), test::test_key().hex() + "\n");
}

TEST_F(Log, SaysWhenThereIsNoFolder) {
  const auto error = refusal();
  EXPECT_EQ(error.code, ErrorCode::not_found);
  EXPECT_EQ(error.message,
            fmt::format("there is no data folder {}: renown import or renown connect add makes one", folder_));
  EXPECT_EQ(InteractionLog::open_for_reading(folder_).error().code, ErrorCode::not_found);
}

TEST_F(Log, SaysWhenTheFolderIsSomethingElse) {
  fs::create_directories(folder_);
  std::ofstream(folder_ + "/holiday.jpg") << "jpg";
  EXPECT_EQ(refusal().code, ErrorCode::not_found);
  auto made = InteractionLog::create(folder_, test::test_key());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::bad_input);
  EXPECT_EQ(made.error().message,
            folder_ + " is not empty and no data folder of Renown: name an empty folder, or a new one");
  EXPECT_FALSE(fs::exists(folder_ + "/lock"));
}

TEST_F(Log, SaysWhenTheFolderIsAFile) {
  std::ofstream(folder_) << "file";
  auto made = InteractionLog::create(folder_, test::test_key());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::bad_input);
  EXPECT_EQ(made.error().message, folder_ + " is not a folder: name another data folder");
}

TEST_F(Log, SaysWhenItMayNot) {
  create();
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    // Root may everything, so it becomes nobody; anybody else takes the permission from themselves.
    if (::geteuid() != 0) fs::permissions(folder_, fs::perms::none);
    constexpr uid_t kNobody = 65'534;
    const bool somebody_else = ::geteuid() != 0 || ::setuid(kNobody) == 0;
    const Error error = InteractionLog::open_for_writing(folder_).error();
    const std::string said = fmt::format("{} {} {}", somebody_else, error.code == ErrorCode::io, error.message);
    static_cast<void>(!::write(pipe[1], said.data(), said.size()));
    ::_exit(0);
  }
  ::close(pipe[1]);
  char said[1024] = {};
  ASSERT_GT(::read(pipe[0], said, sizeof said - 1), 0);
  ::close(pipe[0]);
  ::waitpid(child, nullptr, 0);
  fs::permissions(folder_, fs::perms::owner_all);
  EXPECT_EQ(std::string(said), "true true cannot look into " + folder_ + ": Permission denied");
}

TEST_F(Log, SaysWhenTheKeyIsMissingDamagedOrForeign) {
  create();
  const std::string key = folder_ + "/tombstone.key";
  fs::remove(key);
  EXPECT_EQ(refusal().code, ErrorCode::bad_input);
  EXPECT_NE(refusal().message.find("is missing: without it erased accounts could come back"), std::string::npos);
  std::ofstream(key) << "too short\n";
  EXPECT_NE(refusal().message.find("is damaged"), std::string::npos) << refusal().message;
  std::ofstream(key) << test::test_key(99).hex() << "\n";
  EXPECT_EQ(refusal().code, ErrorCode::bad_input);
  EXPECT_NE(refusal().message.find("another data folder"), std::string::npos) << refusal().message;
}

TEST_F(Log, SaysWhenTheDatabaseIsDamaged) {
  {
    auto log = create();
    import(log, some_rows(50'000));
  }
  const std::string whole = test::bytes_of(folder_ + "/interactions.duckdb");
  const auto put = [&](const std::string& bytes) {
    std::ofstream(folder_ + "/interactions.duckdb", std::ios::binary) << bytes;
  };
  std::string header_broken = whole;
  header_broken.replace(0, 8192, std::string(8192, 'x'));
  for (const std::string& bytes :
       {std::string(), std::string("not a database at all"), whole.substr(0, 5'000), header_broken}) {
    put(bytes);
    const auto error = refusal();
    EXPECT_EQ(error.code, ErrorCode::bad_input) << bytes.size() << ": " << error.message;
    EXPECT_TRUE(error.message.starts_with(folder_ + "/interactions.duckdb cannot be used: ")) << error.message;
    EXPECT_EQ(error.message.find('\n'), std::string::npos);
  }
  // Damage further in is found when it is read, by DuckDB's checksums.
  std::string middle_broken = whole;
  for (std::size_t at = 300'000; at < whole.size(); at += 50'000)
    middle_broken.replace(at, 1'000, std::string(1'000, 'x'));
  put(middle_broken);
  auto log = InteractionLog::open_for_reading(folder_);
  Result<Rows> rows = Rows();
  if (log) {
    auto reader = log->read();
    rows = reader ? test::read_all(**reader) : Result<Rows>(reader.error());
  }
  EXPECT_FALSE(log && rows);
}

TEST_F(Log, SaysWhenItIsOfANewerVersion) {
  create();
  run_sql("UPDATE meta SET value = '3' WHERE name = 'schema_version'");
  const auto error = refusal();
  EXPECT_EQ(error.code, ErrorCode::bad_input);
  EXPECT_NE(error.message.find("it has log version 3, this program reads versions 1 to 2: update Renown"),
            std::string::npos)
      << error.message;
}

TEST_F(Log, SaysWhenTheDatabaseIsSomebodyElses) {
  create();
  run_sql("DROP TABLE meta");
  EXPECT_NE(refusal().message.find("it is not an interaction log of Renown"), std::string::npos) << refusal().message;
}

TEST_F(Log, SaysWhenItsKindsAreOthers) {
  create();
  run_sql("UPDATE kinds SET name = 'dislike' WHERE kind = 9");
  EXPECT_NE(refusal().message.find("its table of kinds is not Renown's"), std::string::npos) << refusal().message;
}

// The numbers of kinds are part of the file format.
TEST(LogFormat, KindsKeepTheirNumbers) {
  const char* names[] = {"endorse", "tip",  "quote", "repost", "review", "reply", "comment",
                         "mention", "star", "like",  "post",   "follow", "undo"};
  ASSERT_EQ(std::size(names), kKindNames.size());
  for (std::size_t i = 0; i < std::size(names); ++i) EXPECT_EQ(kKindNames[i], names[i]);
}

rc::Gen<Row> any_row() {
  const auto name = rc::gen::element<std::string>("alice", "bob", "carol", "");
  return rc::gen::build<Row>(rc::gen::set(&Row::time, rc::gen::inRange<std::int64_t>(0, 5)),
                             rc::gen::set(&Row::kind, rc::gen::element(Kind::like, Kind::reply, Kind::undo)),
                             rc::gen::set(&Row::network, rc::gen::element<std::string>("x", "y")),
                             rc::gen::set(&Row::actor, name), rc::gen::set(&Row::target, name),
                             rc::gen::set(&Row::post, name));
}

TEST(LogProperty, AnySplitOrderAndRepetitionGivesTheSameSet) {
  const test::Scratch scratch("log_property");
  int folder = 0;
  rc::check([&] {
    const auto rows = *rc::gen::container<Rows>(any_row());
    auto log = InteractionLog::create(scratch / std::to_string(++folder), test::test_key(), {.threads = 1});
    std::uint64_t added = 0;
    for (int round = *rc::gen::inRange(1, 4); round > 0; --round) {
      Rows part = rows;
      std::ranges::shuffle(part, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
      const auto batch_rows = *rc::gen::inRange<std::size_t>(1, 20);
      const auto counts =
          test::import_rows(*log, part, {.batch_rows = batch_rows}, "x", *rc::gen::inRange<std::size_t>(1, 9));
      RC_ASSERT(counts);
      RC_ASSERT(counts->rows == counts->added + counts->duplicates);
      added += counts->added;
    }
    RC_ASSERT(contents(*log) == as_set(rows));
    RC_ASSERT(added == as_set(rows).size());
  });
}

}  // namespace
}  // namespace renown::log
