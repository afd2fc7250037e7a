#include "pipeline/row_text.h"

#include <string>

#include <gtest/gtest.h>

namespace renown::pipeline {
namespace {

Interaction row(std::int64_t time, std::string_view actor) {
  return {.time = time,
          .kind = Kind::like,
          .network = "n",
          .actor = actor,
          .target = "b",
          .post = "",
          .id = "7",
          .tags = ""};
}

TEST(RowText, times_that_repeat_and_change) {
  RowText text;
  for (const std::int64_t time : {0l, 0l, 5l, 253'402'300'799l, 5l, 5l}) text.add_csv(row(time, "a"));
  EXPECT_EQ(text.text(),
            "0,n,like,a,b,,7,\n0,n,like,a,b,,7,\n5,n,like,a,b,,7,\n253402300799,n,like,a,b,,7,\n5,n,like,a,b,,7,\n"
            "5,n,like,a,b,,7,\n");
}

TEST(RowText, texts_of_every_length_are_whole) {
  RowText text;
  for (std::size_t size = 0; size < 200; ++size) {
    std::string actor;
    for (std::size_t i = 0; i < size; ++i) actor += static_cast<char>('a' + i % 26);
    text.clear();
    text.add_csv(row(1, actor));
    ASSERT_EQ(text.text(), "1,n,like," + actor + ",b,,7,\n");
    text.clear();
    text.add_ndjson(row(1, actor));
    ASSERT_EQ(text.text(), "{\"time\":1,\"network\":\"n\",\"kind\":\"like\"" +
                               (size == 0 ? "" : ",\"actor\":\"" + actor + "\"") + ",\"target\":\"b\",\"id\":\"7\"}\n");
  }
}

TEST(RowText, the_longest_escapes_fit) {
  RowText text;
  const std::string awkward(5000, '\x1f');
  text.add_ndjson(row(1, awkward));
  EXPECT_GT(text.size(), 6 * awkward.size());
  text.clear();
  text.add_csv(row(1, std::string(5000, '"')));
  EXPECT_EQ(text.size(), std::string("1,n,like,,b,,7,\n").size() + 2 * 5000 + 2);
}

}  // namespace
}  // namespace renown::pipeline
