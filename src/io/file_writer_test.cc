#include "io/file_writer.h"

#include <filesystem>
#include <thread>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/testing.h"

namespace renown::io {
namespace {

using testing::read_file;
using testing::TemporaryFolder;
using testing::write_file;

std::size_t files_in(const TemporaryFolder& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder.path()), {}));
}

TEST(FileWriter, appears_whole_at_commit_and_not_before) {
  TemporaryFolder folder;
  const std::string path = folder / "scores.csv";
  const std::string text(1 << 20, 'x');
  {
    auto writer = FileWriter::create(path);
    ASSERT_TRUE(writer) << writer.error().message;
    ASSERT_TRUE(writer->write(text));
    ASSERT_TRUE(writer->write("end"));
    EXPECT_FALSE(std::filesystem::exists(path));
    ASSERT_TRUE(writer->commit());
  }
  EXPECT_EQ(read_file(path), text + "end");
  EXPECT_EQ(files_in(folder), 1U);
}

TEST(FileWriter, not_committed_leaves_the_old_file_and_nothing_else) {
  TemporaryFolder folder;
  write_file(folder / "scores.csv", "old");
  {
    auto writer = FileWriter::create(folder / "scores.csv");
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->write(std::string(1 << 20, 'x')));
    FileWriter moved(std::move(*writer));
    ASSERT_TRUE(moved.write("more"));
  }
  EXPECT_EQ(read_file(folder / "scores.csv"), "old");
  EXPECT_EQ(files_in(folder), 1U);
}

TEST(FileWriter, keeps_permissions_and_links) {
  TemporaryFolder folder;
  write_file(folder / "real", "old");
  std::filesystem::permissions(folder / "real", std::filesystem::perms(0640));
  std::filesystem::create_symlink("real", folder / "link");
  auto writer = FileWriter::create(folder / "link");
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->write("new"));
  ASSERT_TRUE(writer->commit());
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
  EXPECT_EQ(read_file(folder / "real"), "new");
  EXPECT_EQ(std::filesystem::status(folder / "real").permissions(), std::filesystem::perms(0640));
}

TEST(FileWriter, takes_what_a_library_wrote_to_the_temporary_path) {
  TemporaryFolder folder;
  auto writer = FileWriter::create(folder / "scores.parquet");
  ASSERT_TRUE(writer);
  std::filesystem::remove(writer->temporary_path());  // some libraries put a file of their own in its place
  write_file(writer->temporary_path(), "written elsewhere");
  ASSERT_TRUE(writer->commit());
  EXPECT_EQ(read_file(folder / "scores.parquet"), "written elsewhere");
  EXPECT_EQ(files_in(folder), 1U);
}

TEST(FileWriter, says_what_cannot_be_written) {
  TemporaryFolder folder;
  auto missing = FileWriter::create(folder / "no/scores.csv");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::io);
  EXPECT_EQ(missing.error().message,
            (folder / "no/scores.csv") + " cannot be written: there is no folder " + (folder / "no"));
  auto directory = FileWriter::create(folder.path());
  ASSERT_FALSE(directory);
  EXPECT_EQ(directory.error().message, folder.path() + " cannot be written: it is a folder");
  EXPECT_FALSE(FileWriter::create(""));
}

TEST(FileWriter, does_not_replace_what_may_not_be_written) {
  if (::geteuid() == 0) GTEST_SKIP() << "skipped: root may write everything";
  TemporaryFolder folder;
  write_file(folder / "scores.csv", "old");
  std::filesystem::permissions(folder / "scores.csv", std::filesystem::perms(0400));
  auto writer = FileWriter::create(folder / "scores.csv");
  ASSERT_FALSE(writer);
  EXPECT_NE(writer.error().message.find("you have no permission"), std::string::npos);
  EXPECT_EQ(files_in(folder), 1U);
}

TEST(FileWriter, a_full_disk_is_one_sentence) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "skipped: no /dev/full here";
  auto writer = FileWriter::create("/dev/full");
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->write("x"));
  auto committed = writer->commit();
  ASSERT_FALSE(committed);
  EXPECT_EQ(committed.error().code, ErrorCode::io);
  EXPECT_EQ(committed.error().message, "/dev/full cannot be written: the disk is full");
}

TEST(FileWriter, a_disk_that_fills_up_leaves_the_old_file) {
  TemporaryFolder folder;
  write_file(folder / "scores.csv", "old");
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{64 << 10, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  Result<void> result;
  {
    auto writer = FileWriter::create(folder / "scores.csv");
    ASSERT_TRUE(writer);
    result = writer->write(std::string(1 << 20, 'x'));
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("; a file already there is as it was"), std::string::npos);
  EXPECT_EQ(read_file(folder / "scores.csv"), "old");
  EXPECT_EQ(files_in(folder), 1U);
}

TEST(FileWriter, writes_through_a_pipe) {
  TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  std::string received;
  std::thread reader([&] { received = read_file(folder / "pipe"); });
  {
    auto writer = FileWriter::create(folder / "pipe");
    ASSERT_TRUE(writer);
    EXPECT_EQ(writer->temporary_path(), folder / "pipe");
    ASSERT_TRUE(writer->write("through"));
    ASSERT_TRUE(writer->commit());
  }
  reader.join();
  EXPECT_EQ(received, "through");
}

}  // namespace
}  // namespace renown::io
