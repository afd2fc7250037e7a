#include "upkeep/restore.h"

#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "upkeep/testing.h"

namespace renown::upkeep {
namespace {

using test::content_of;
using test::dump;

class Restores : public test::UpkeepTest {};

TEST_F(Restores, GiveBackEverything) {
  make_folder();
  ASSERT_TRUE(back_up());
  const auto report = restore(again_);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(dump(again_ + "/people.sqlite"), dump(data_ + "/people.sqlite"));
  EXPECT_EQ(dump(again_ + "/service.sqlite"), dump(data_ + "/service.sqlite"));
  test::Files before = content_of(data_), after = content_of(again_);
  for (const auto& [name, bytes] : before) {
    if (!name.starts_with("tokens/") && !name.ends_with(".key")) continue;
    EXPECT_EQ(after[name], bytes) << name;
  }
  EXPECT_EQ(after.count("tally/00000001"), 0U);
  EXPECT_FALSE(std::filesystem::exists(again_ + "/restore.partial"));
  auto log = log::InteractionLog::open_for_writing(again_);
  ASSERT_TRUE(log) << log.error().message;
  EXPECT_EQ(log::test::contents(*log), log::test::sorted(town(200)));
  EXPECT_EQ(log->imports()->size(), 1U);
  struct stat status{};
  ASSERT_EQ(::stat((again_ + "/people.sqlite").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  EXPECT_EQ(*pipeline::TokenStore::open(again_, key_)->token("mine"), "a token that must not be readable");
}

TEST_F(Restores, ABackupOfARestoredFolderRestoresTheSame) {
  make_folder();
  ASSERT_TRUE(back_up());
  ASSERT_TRUE(restore(again_));
  data_ = again_;
  file_ = scratch_ / "second";
  ASSERT_TRUE(back_up());
  const std::string third = scratch_ / "third";
  ASSERT_TRUE(restore(third));
  for (const char* store : {"/people.sqlite", "/service.sqlite"}) EXPECT_EQ(dump(third + store), dump(again_ + store));
  const auto log = log::InteractionLog::open_for_reading(third);
  ASSERT_TRUE(log) << log.error().message;
  EXPECT_EQ(log::test::contents(*log), log::test::sorted(town(200)));
}

TEST_F(Restores, VerifyingLeavesNothingBehind) {
  make_folder();
  ASSERT_TRUE(back_up());
  const auto before = test::files_of(scratch_.path());
  const auto report = verify();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->manifest.members[0].rows, 200U);
  EXPECT_EQ(test::files_of(scratch_.path()) == before, true);
}

TEST_F(Restores, GoIntoAnEmptyFolderOnly) {
  make_folder();
  ASSERT_TRUE(back_up());
  std::filesystem::create_directory(again_);
  EXPECT_TRUE(restore(again_));
  const auto over = restore(again_);
  ASSERT_FALSE(over);
  EXPECT_NE(over.error().message.find("is a data folder already"), std::string::npos) << over.error().message;

  const std::string others = scratch_ / "others";
  io::testing::write_file(others + "/letter.txt", "mine");
  const auto refused = restore(others);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("is not empty"), std::string::npos) << refused.error().message;
  EXPECT_EQ(test::content_of(others), (test::Files{{"letter.txt", "mine"}}));
  EXPECT_FALSE(restore(file_)) << "a file is no folder";
}

TEST_F(Restores, TheTokenKeyGoesWhereItBelongsAndNeverOverAnother) {
  make_folder();
  const std::string key = io::testing::read_file(key_);
  ASSERT_TRUE(back_up(true));
  EXPECT_TRUE(restore(again_)) << "the same key is there already";
  io::testing::write_file(key_, std::string(64, 'a') + "\n");
  const auto refused = restore(scratch_ / "third");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "third")) << "the folder that it made is gone";
  key_ = scratch_ / "elsewhere/token.key";
  const auto report = restore(scratch_ / "third");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->wrote_token_key);
  EXPECT_EQ(io::testing::read_file(key_), key);
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "third/token.key"));
  EXPECT_TRUE(pipeline::TokenStore::open(scratch_ / "third", key_)->token("mine"));
}

// What is found after a kill at each of the moments that restore.cc numbers.
TEST_F(Restores, AKilledOneIsNoDataFolderAndIsDoneAnew) {
  make_folder();
  ASSERT_TRUE(back_up());
  ASSERT_TRUE(restore(again_));
  const auto whole = content_of(again_);
  // Between 3 and 4: all but the log is in place, the log is still in restore.partial.
  std::filesystem::create_directory(again_ + "/restore.partial");
  std::filesystem::rename(again_ + "/interactions.duckdb", again_ + "/restore.partial/interactions.duckdb");
  EXPECT_FALSE(log::InteractionLog::open_for_reading(again_));
  EXPECT_FALSE(log::InteractionLog::create(again_, log::test::test_key())) << "nor is it made one by an import";
  const auto report = restore(again_);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(content_of(again_) == whole, true);
  // After 4: it is one; renown doctor --fix removes what is left.
  std::filesystem::create_directory(again_ + "/restore.partial");
  EXPECT_TRUE(log::InteractionLog::open_for_reading(again_));
}

TEST_F(Restores, ThatMeetAFullDiskLeaveNothing) {
  make_folder();
  ASSERT_TRUE(back_up());
  for (const std::uint64_t limit_bytes : {10ULL, 10'000ULL, 300'000ULL}) {
    const pid_t child = ::fork();
    if (child == 0) {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit = {limit_bytes, limit_bytes};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      const auto report = restore(again_);
      ::_exit(report ? 1 : report.error().code == ErrorCode::io ? 0 : 2);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status)) << limit_bytes;
    EXPECT_EQ(WEXITSTATUS(status), 0) << limit_bytes;
    EXPECT_FALSE(std::filesystem::exists(again_)) << limit_bytes;
  }
  EXPECT_TRUE(restore(again_));
}

}  // namespace
}  // namespace renown::upkeep
