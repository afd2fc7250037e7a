#include "ingest/tag_list.h"

#include <gtest/gtest.h>

namespace renown::ingest {
namespace {

std::string joined(std::initializer_list<std::string_view> tags) {
  TagList list;
  for (const std::string_view tag : tags) list.add(tag);
  return list.text();
}

TEST(TagList, is_as_the_log_keeps_tags) {
  EXPECT_EQ(joined({}), "");
  EXPECT_EQ(joined({"", "#", "##"}), "");
  EXPECT_EQ(joined({"#Bikes", "c++", "##x"}), "bikes c++ x");
  EXPECT_EQ(joined({"Jupyter Notebook", "a\tb\nc\rd"}), "jupyter-notebook a-b-c-d");
  EXPECT_EQ(joined({"b", "a", "B", "#b", "a"}), "b a");
  EXPECT_EQ(joined({"\xc3\x89"
                    "A"}),
            "\xc3\x89"
            "a");  // only A to Z are folded
}

TEST(TagList, of_a_hostile_post_stops_growing) {
  TagList list;
  for (int i = 0; i < 10'000; ++i) list.add(std::to_string(i));
  EXPECT_GT(list.text().size(), 4096);
  EXPECT_LT(list.text().size(), 20'000);
}

}  // namespace
}  // namespace renown::ingest
