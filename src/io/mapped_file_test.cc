#include "io/mapped_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "io/testing.h"

namespace renown::io {
namespace {

namespace fs = std::filesystem;

class MappedFileTest : public ::testing::Test {
 protected:
  std::string write(const std::string& text) {
    const std::string path = folder_ + "/file";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  testing::TemporaryFolder scratch_;
  std::string folder_ = scratch_.path();
};

TEST_F(MappedFileTest, is_the_bytes_of_the_file) {
  for (const std::string& text : {std::string(), std::string("one\0two\n", 8), std::string(100'000, 'x')}) {
    const auto file = MappedFile::open(write(text));
    ASSERT_TRUE(file);
    EXPECT_EQ(file->bytes(), text);
  }
}

TEST_F(MappedFileTest, keeps_the_bytes_of_a_file_that_is_replaced) {
  const std::string path = write("before");
  const auto file = MappedFile::open(path);
  ASSERT_TRUE(file);
  fs::remove(path);
  write("after");
  EXPECT_EQ(file->bytes(), "before");
}

TEST_F(MappedFileTest, moves) {
  auto file = MappedFile::open(write("bytes"));
  ASSERT_TRUE(file);
  const MappedFile moved = std::move(*file);
  EXPECT_EQ(moved.bytes(), "bytes");
  EXPECT_EQ(file->bytes(), "");  // NOLINT: it says so
}

TEST_F(MappedFileTest, says_what_cannot_be_read) {
  const auto missing = MappedFile::open(folder_ + "/missing");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  const auto folder = MappedFile::open(folder_);
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().code, ErrorCode::io);
}

}  // namespace
}  // namespace renown::io
