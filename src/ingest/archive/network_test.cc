#include "ingest/archive/network.h"

#include <gtest/gtest.h>

namespace renown::ingest::archive {
namespace {

TEST(ArchiveNetwork, parts_of_a_large_archive_are_told_by_their_numbers) {
  struct Case {
    std::string_view member;
    std::string_view before_number;
    bool is_one;
  };
  const Case cases[] = {{"a/posts.csv", "_", true},
                        {"posts.csv", "_", true},
                        {"posts_12.csv", "_", true},
                        {"posts12.csv", "_", false},
                        {"posts_.csv", "_", false},
                        {"posts_1a.csv", "_", false},
                        {"my_posts.csv", "_", false},
                        {"posts.csv.gz", "_", false},
                        {"posts-part2.csv", "-part", true},
                        {"posts7.csv", "", true},
                        {"postsx.csv", "", false},
                        {"Posts.csv", "_", false},
                        {"posts_1/x.csv", "_", false},
                        {"", "_", false},
                        {"posts", "_", false}};
  for (const auto& [member, before_number, is_one] : cases) {
    EXPECT_EQ(is_part(member, "posts", before_number, ".csv"), is_one) << member;
  }
  EXPECT_FALSE(is_part("ab.c", "ab.", "", ".c"));  // the name and the ending must not overlap
}

}  // namespace
}  // namespace renown::ingest::archive
