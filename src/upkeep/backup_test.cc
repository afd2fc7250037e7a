#include "upkeep/backup.h"

#include <csignal>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "upkeep/testing.h"

namespace renown::upkeep {
namespace {

class Backups : public test::UpkeepTest {};

TEST_F(Backups, HoldAllThatCannotBeMadeAnewAndNothingElse) {
  make_folder();
  const auto report = back_up();
  ASSERT_TRUE(report) << report.error().message;
  std::vector<std::string> names;
  for (const BackupMember& member : report->manifest.members) names.push_back(member.name);
  ASSERT_EQ(names.size(), 6U);
  EXPECT_EQ(names[0], "interactions.duckdb");
  EXPECT_EQ(names[1], "people.sqlite");
  EXPECT_EQ(names[2], "service.sqlite");
  EXPECT_TRUE(names[3].starts_with("tokens/")) << names[3];
  EXPECT_TRUE(names[4].starts_with("tokens/")) << "the vault's mark of its key";
  EXPECT_EQ(names[5], "tombstone.key");
  EXPECT_EQ(report->manifest.members[0].rows, 200U);
  EXPECT_EQ(report->manifest.members[0].schema_version, 2);
  EXPECT_EQ(report->manifest.members[2].rows, 2U);
  EXPECT_EQ(report->manifest.members[2].schema_version, 4);
  EXPECT_EQ(report->size_bytes, std::filesystem::file_size(file_));
  EXPECT_TRUE(report->left_out.empty());
  struct stat status{};
  ASSERT_EQ(::stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  EXPECT_FALSE(std::filesystem::exists(file_ + ".partial"));
}

TEST_F(Backups, OfTheSameFolderAreTheSameBytes) {
  make_folder();
  ASSERT_TRUE(back_up());
  const std::string first = io::testing::read_file(file_);
  ASSERT_TRUE(back_up());
  EXPECT_EQ(io::testing::read_file(file_) == first, true);
}

TEST_F(Backups, HoldTheTokenKeyOnlyWhenAskedWhereverItStands) {
  key_ = data_ + "/mine.key";  // beside the folder's own keys
  make_folder();
  const auto without = back_up();
  ASSERT_TRUE(without) << without.error().message;
  for (const BackupMember& member : without->manifest.members) EXPECT_NE(member.name, "mine.key");
  const auto with = back_up(true);
  ASSERT_TRUE(with) << with.error().message;
  EXPECT_EQ(with->manifest.members.back().role, FileRole::token_key);
  EXPECT_EQ(with->manifest.members.size(), without->manifest.members.size() + 1);
}

TEST_F(Backups, SayWhatTheyLeaveOut) {
  make_folder();
  io::testing::write_file(data_ + "/notes.txt", "mine");
  std::filesystem::create_symlink("/etc/passwd", data_ + "/linked.sqlite");
  const auto report = back_up();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->left_out, (std::vector<std::string>{"linked.sqlite", "notes.txt"}));
}

TEST_F(Backups, OfAnOpenFolderAreMadeWhileItIsUsed) {
  make_folder();
  auto log = log::InteractionLog::open_for_writing(data_);
  ASSERT_TRUE(log);
  auto service = store::Database::open_for_writing(data_ + "/service.sqlite");
  ASSERT_TRUE(service->execute("INSERT INTO points VALUES (2, 20002, 12.0)"));  // still in the write-ahead log
  auto import = log->begin_import({.name = "under way"}, {.batch_rows = 10});
  ASSERT_TRUE(import);
  pipeline::NoProgress silent;
  const auto report = upkeep::back_up(*log, {data_, file_, key_, false, test::kNow}, silent);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->manifest.members[2].rows, 3U);
  EXPECT_TRUE(import->finish()) << "the import goes on";
  EXPECT_TRUE(verify());
}

TEST_F(Backups, WaitForNobodyWhoWrites) {
  make_folder();
  const auto log = log::InteractionLog::open_for_writing(data_);
  const auto report = back_up();
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::busy);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(Backups, ArePutNowhereWhereTheyWouldBeOfNoUse) {
  make_folder();
  file_ = data_ + "/backup.tar.zst";
  EXPECT_EQ(back_up().error().code, ErrorCode::usage);
  file_ = scratch_ / "no/such/folder";
  EXPECT_NE(back_up().error().message.find("there is no folder"), std::string::npos);
  file_ = data_;
  EXPECT_EQ(back_up().error().code, ErrorCode::usage);
}

TEST_F(Backups, OfADamagedStoreAreNotMade) {
  make_folder();
  std::string bytes = io::testing::read_file(data_ + "/service.sqlite");
  for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
  io::testing::write_file(data_ + "/service.sqlite", bytes);
  const auto report = back_up();
  ASSERT_FALSE(report);
  EXPECT_NE(report.error().message.find("service.sqlite"), std::string::npos) << report.error().message;
  EXPECT_FALSE(std::filesystem::exists(file_));
  EXPECT_FALSE(std::filesystem::exists(file_ + ".partial"));
}

TEST_F(Backups, ThatMeetAFullDiskLeaveTheOldOne) {
  make_folder();
  ASSERT_TRUE(back_up());
  const std::string before = io::testing::read_file(file_);
  for (const std::uint64_t limit_bytes : {1'000ULL, 20'000ULL, 200'000ULL, 1'000'000ULL}) {
    // A full disk, played by a limit on the size of files.
    const pid_t child = ::fork();
    if (child == 0) {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit = {limit_bytes, limit_bytes};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      const auto report = back_up();
      ::_exit(report ? 1 : report.error().code == ErrorCode::io ? 0 : 2);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status)) << limit_bytes;
    EXPECT_EQ(WEXITSTATUS(status), 0) << limit_bytes;
    EXPECT_EQ(io::testing::read_file(file_) == before, true);
    EXPECT_FALSE(std::filesystem::exists(file_ + ".partial"));
  }
}

TEST_F(Backups, RemoveWhatAKilledOneLeftAndNothingOfAnybodyElse) {
  make_folder();
  for (const char* name : {"packed", ".renown-1-0.tmp", "interactions.duckdb", "interactions.duckdb.wal", "tokens/x"}) {
    io::testing::write_file(file_ + ".partial/" + name, "half");
  }
  ASSERT_TRUE(back_up());
  EXPECT_FALSE(std::filesystem::exists(file_ + ".partial"));
  io::testing::write_file(file_ + ".partial/letter.txt", "mine");
  const auto refused = back_up();
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("letter.txt"), std::string::npos) << refused.error().message;
  EXPECT_EQ(io::testing::read_file(file_ + ".partial/letter.txt"), "mine");
}

TEST_F(Backups, RemoveWhatAKilledOneLeftWithoutMakingAnother) {
  make_folder();
  const std::string working = file_ + ".partial";
  EXPECT_TRUE(remove_unfinished_backup(file_)) << "nothing is left";
  for (const char* name : {"/packed", "/interactions.duckdb", "/tokens/x"})
    io::testing::write_file(working + name, "half");
  {
    const int descriptor = ::open(working.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ASSERT_EQ(::flock(descriptor, LOCK_EX | LOCK_NB), 0);
    EXPECT_TRUE(remove_unfinished_backup(file_)) << "another process is at it";
    EXPECT_TRUE(std::filesystem::exists(working + "/packed"));
    ::close(descriptor);
  }
  EXPECT_TRUE(remove_unfinished_backup(file_));
  EXPECT_FALSE(std::filesystem::exists(working));
  io::testing::write_file(working + "/letter.txt", "mine");
  EXPECT_FALSE(remove_unfinished_backup(file_));
  EXPECT_EQ(io::testing::read_file(working + "/letter.txt"), "mine");
}

class StopAt : public pipeline::Progress {
 public:
  explicit StopAt(int call) : left_(call) {}
  void update(std::string_view, std::uint64_t, std::uint64_t, std::string_view) override {}
  bool cancelled() override { return --left_ < 0; }
  bool stopped() const { return left_ < 0; }

 private:
  int left_;
};

TEST_F(Backups, StopWhenTheUserAsksAndLeaveTheOldOne) {
  make_folder();
  ASSERT_TRUE(back_up());
  const std::string before = io::testing::read_file(file_);
  int steps = 0;
  for (;; ++steps) {
    StopAt progress(steps);
    const auto report = upkeep::back_up({data_, file_, key_, false, test::kNow + 1}, progress);
    EXPECT_FALSE(std::filesystem::exists(file_ + ".partial"));
    if (report) break;
    EXPECT_TRUE(progress.stopped());
    EXPECT_EQ(report.error().code, ErrorCode::cancelled);
    EXPECT_EQ(io::testing::read_file(file_) == before, true);
  }
  EXPECT_GT(steps, 10);
}

}  // namespace
}  // namespace renown::upkeep
