#include "io/glob.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "io/testing.h"

namespace renown::io {
namespace {

using testing::TemporaryFolder;
using testing::write_file;

class ExpandGlob : public ::testing::Test {
 protected:
  ExpandGlob() {
    for (const char* name : {"a.csv", "b.csv", "B.csv", "c.json", ".hidden.csv", "[x].csv", "2015/01.gz", "2015/02.gz",
                             "2016/deep/03.gz", ".git/04.gz", "\xc3\xa4.csv"}) {
      write_file(folder_ / name, "x");
    }
    std::filesystem::create_directory_symlink("..", folder_ / "2015/loop");
  }

  /// What matches, relative to the folder, separated by blanks.
  std::string matches(const std::string& pattern) {
    auto found = expand_glob(folder_ / pattern);
    if (!found) return "error: " + found.error().message;
    std::string all;
    for (const auto& path : *found) all += (all.empty() ? "" : " ") + path.substr(folder_.path().size() + 1);
    return all;
  }

  TemporaryFolder folder_;
};

TEST_F(ExpandGlob, as_a_shell_does) {
  EXPECT_EQ(matches("*.csv"), "B.csv [x].csv a.csv b.csv \xc3\xa4.csv") << "byte order, no hidden ones";
  EXPECT_EQ(matches("?.csv"), "B.csv a.csv b.csv");
  EXPECT_EQ(matches("[ab].csv"), "a.csv b.csv");
  EXPECT_EQ(matches("[!a].csv"), "B.csv b.csv");
  EXPECT_EQ(matches(".*.csv"), ".hidden.csv");
  EXPECT_EQ(matches("*/0?.gz"), "2015/01.gz 2015/02.gz");
  EXPECT_EQ(matches("201[56]"), "2015 2016");
  EXPECT_EQ(matches("2015/../[a]*.csv"), "2015/../a.csv");
}

TEST_F(ExpandGlob, two_stars_are_any_number_of_folders) {
  EXPECT_EQ(matches("**/*.gz"), "2015/01.gz 2015/02.gz 2016/deep/03.gz") << "no hidden folder, no loop";
  EXPECT_EQ(matches("**/a.csv"), "a.csv");
  EXPECT_EQ(matches("2016/**"), "2016/deep/03.gz");
  EXPECT_EQ(matches("**/**/deep/*"), "2016/deep/03.gz");
}

TEST_F(ExpandGlob, leaves_names_alone) {
  EXPECT_EQ(matches("a.csv"), "a.csv");
  EXPECT_EQ(matches("missing.csv"), "missing.csv");
  EXPECT_EQ(matches("[x].csv"), "[x].csv") << "a file of just that name";
  EXPECT_EQ(*expand_glob("-"), std::vector<std::string>{"-"});
  EXPECT_EQ(*expand_glob(""), std::vector<std::string>{""});
}

TEST_F(ExpandGlob, nothing_found_is_an_error) {
  EXPECT_EQ(matches("*.parquet"), "error: no file matches " + (folder_ / "*.parquet"));
  EXPECT_EQ(matches("nowhere/*.csv"), "error: no file matches " + (folder_ / "nowhere/*.csv"));
  EXPECT_EQ(matches("a.csv/*"), "error: no file matches " + (folder_ / "a.csv/*"));
  EXPECT_EQ(expand_glob(folder_ / "*.zip").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace renown::io
