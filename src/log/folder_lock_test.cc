#include "log/folder_lock.h"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "log/test_vocabulary.h"

namespace renown::log {
namespace {

class FolderLockTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(folder_.make()); }
  test::Scratch scratch_{"folder_lock"};
  DataFolder folder_{scratch_ / "data"};
};

TEST_F(FolderLockTest, OneWriterAndNobodyElse) {
  auto writer = FolderLock::exclusive(folder_);
  ASSERT_TRUE(writer) << writer.error().message;
  for (auto refused : {FolderLock::exclusive(folder_).error(), FolderLock::shared(folder_).error()}) {
    EXPECT_EQ(refused.code, ErrorCode::busy);
    EXPECT_EQ(refused.message, "this process already has the data folder " + folder_.path() + " open");
  }
}

TEST_F(FolderLockTest, SeveralReadersAndNoWriter) {
  ASSERT_TRUE(FolderLock::exclusive(folder_));
  auto one = FolderLock::shared(folder_);
  auto two = FolderLock::shared(folder_);
  ASSERT_TRUE(one && two);
  auto writer = FolderLock::exclusive(folder_);
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().code, ErrorCode::busy);
}

TEST_F(FolderLockTest, IsFreeAgainWhenItsHolderGoes) {
  {
    auto writer = FolderLock::exclusive(folder_);
  }
  EXPECT_TRUE(FolderLock::shared(folder_));
  EXPECT_TRUE(FolderLock::exclusive(folder_));
}

TEST_F(FolderLockTest, ReadsAFolderWithoutALockFile) {
  EXPECT_TRUE(FolderLock::shared(folder_));
}

TEST_F(FolderLockTest, NamesTheProcessThatWritesAndIsFreeWhenThatIsKilled) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto writer = FolderLock::exclusive(folder_);
    static_cast<void>(!::write(ready[1], writer ? "y" : "n", 1));
    for (;;) ::pause();
  }
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  ASSERT_EQ(answer, 'y');
  for (auto refused : {FolderLock::exclusive(folder_).error(), FolderLock::shared(folder_).error()}) {
    EXPECT_EQ(refused.code, ErrorCode::busy);
    EXPECT_EQ(refused.message,
              fmt::format("process {} is writing to the data folder {}: try again when it has finished, or "
                          "stop it with kill {}",
                          child, folder_.path(), child));
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ready[0]);
  ::close(ready[1]);

  auto reader = FolderLock::shared(folder_);
  ASSERT_TRUE(reader) << "a dead writer must not block";
  auto writer = FolderLock::exclusive(folder_);
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().message.find(std::to_string(child)), std::string::npos)
      << "the dead do not read: " << writer.error().message;
}

}  // namespace
}  // namespace renown::log
