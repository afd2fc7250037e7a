#include "log/copy.h"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "log/test_vocabulary.h"

namespace renown::log {
namespace {

namespace fs = std::filesystem;
using test::contents;
using test::Rows;

class CopyOfALog : public test::LogTest {
 protected:
  /// The copy, opened as the log of another folder.
  InteractionLog copied() {
    const std::string other = scratch_ / "other";
    fs::create_directory(other);
    fs::copy_file(copy_, other + "/interactions.duckdb");
    fs::copy_file(folder_ + "/tombstone.key", other + "/tombstone.key");
    folder_ = other;
    return reopen();
  }

  std::string copy_ = scratch_ / "copy.duckdb";
};

TEST_F(CopyOfALog, IsALogOfItsOwn) {
  Rows rows;
  for (int i = 0; i < 3000; ++i) rows.push_back({i, Kind::like, "x", fmt::format("a{}", i), "b", "", "", ""});
  {
    auto log = create();
    import(log, rows);
    ASSERT_TRUE(log.erase("x", "a7"));
  }
  const auto reading = open_to_read();
  ASSERT_TRUE(reading.write_copy(copy_)) << "from a folder that is open for reading";
  auto log = copied();
  EXPECT_EQ(contents(log), contents(reading));
  EXPECT_TRUE(*log.was_erased("x", "a7"));
  EXPECT_EQ(import(log, rows).erased, 1U) << "tombstones are in it";
}

TEST_F(CopyOfALog, IsOfOneMomentWhileAnImportGoesOn) {
  auto log = create();
  import(log, {{1, Kind::like, "x", "a", "b", "", "", ""}});
  auto import = log.begin_import({.name = "under way"}, {.batch_rows = 1});
  ASSERT_TRUE(import);
  ASSERT_TRUE(log.write_copy(copy_));
  EXPECT_TRUE(import->finish());
  EXPECT_EQ(*copied().size(), 1U);
}

TEST_F(CopyOfALog, IsNeverPutOverAnotherFile) {
  const auto log = create();
  std::ofstream(copy_) << "mine";
  EXPECT_EQ(log.write_copy(copy_).error().code, ErrorCode::bad_input);
  EXPECT_EQ(test::bytes_of(copy_), "mine");
  const auto nowhere = log.write_copy(scratch_ / "no/such/folder");
  ASSERT_FALSE(nowhere);
  EXPECT_NE(nowhere.error().message.find("cannot be copied"), std::string::npos) << nowhere.error().message;
  EXPECT_TRUE(log.write_copy(scratch_ / "afterwards")) << "a failed copy stands in no later one's way";
}

TEST_F(CopyOfALog, ThatMeetsAFullDiskLeavesNoFile) {
  {
    auto log = create();
    import(log, {{1, Kind::like, "x", "a", "b", "", "", ""}});
  }
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {100'000, 100'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto log = InteractionLog::open_for_reading(folder_);
    ::_exit(!log ? 2 : log->write_copy(copy_) ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_FALSE(fs::exists(copy_));
  EXPECT_FALSE(fs::exists(copy_ + ".wal"));
}

}  // namespace
}  // namespace renown::log
