// The example rows of docs/formats/flat-log.md are read as the page says.
#include <cstdlib>
#include <sstream>

#include <gtest/gtest.h>

#include "ingest/flat/csv_reader.h"
#include "ingest/flat/ndjson_reader.h"
#include "ingest/flat/testing.h"
#include "io/testing.h"

namespace renown::ingest::flat {
namespace {

/// The indented blocks of a page, in order.
std::vector<std::string> examples(const std::string& page) {
  std::vector<std::string> blocks;
  std::istringstream lines(page);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    const bool indented = line.starts_with("    ");
    if (indented && !inside) blocks.emplace_back();
    if (indented) blocks.back() += line.substr(4) + "\n";
    inside = indented;
  }
  return blocks;
}

TEST(Documentation, its_examples_are_read_as_it_says) {
  const char* root = std::getenv("RENOWN_SOURCE");
  if (root == nullptr) GTEST_SKIP() << "skipped: RENOWN_SOURCE is not set";
  const auto blocks = examples(io::testing::read_file(std::string(root) + "/docs/formats/flat-log.md"));
  ASSERT_EQ(blocks.size(), 3U);
  const std::vector<std::string> wanted = {"1420070400 forum reply ann>bob thread-7 c-19 birds trees",
                                           "1420070460 forum post ann>- thread-8 c-20 -",
                                           "1420070520 forum undo ann>- - c-19 -"};
  EXPECT_EQ(testing::read_all(*read_csv("page", io::testing::memory(blocks[0]), {})).rows, wanted);
  EXPECT_EQ(testing::read_all(*read_ndjson("page", io::testing::memory(blocks[1]), {})).rows, wanted);
  const std::string quoted = blocks[0].substr(0, blocks[0].find('\n') + 1) + blocks[2];
  EXPECT_EQ(testing::read_all(*read_csv("page", io::testing::memory(quoted), {})).rows,
            (std::vector<std::string>{"1420070400 forum like Ann \"the owl\", of York>bob - - -"}));
}

}  // namespace
}  // namespace renown::ingest::flat
