#include "pipeline/row_text.h"

#include <string>
#include <vector>

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

// Blocks of plain texts take another way than blocks with one that is not.
TEST(RowText, blocks_are_as_their_rows_one_by_one) {
  const std::string long_text(100, 'x');
  struct Case {
    const char* name;
    std::vector<std::string> actors;
  };
  const std::vector<Case> cases = {{"no row", {}},
                                   {"one row", {"a"}},
                                   {"no texts", {"", ""}},
                                   {"around what is copied at once",
                                    {std::string(31, 'a'), std::string(32, 'b'), std::string(33, 'c'), "d", long_text}},
                                   {"a comma", {"a", "b,c", "d"}},
                                   {"a control character", {long_text, "\x1f"}},
                                   {"no ASCII", {"p\u00fc", "b"}}};
  for (const Case& c : cases) {
    model::InteractionBlock block;
    for (std::size_t i = 0; i < c.actors.size(); ++i) {
      Interaction act = row(static_cast<std::int64_t>(i / 2), c.actors[i]);
      act.kind = static_cast<Kind>(i);
      if (i % 2 == 1) act.post = c.actors[i - 1];
      block.push(act);
    }
    RowText csv, csv_rows, ndjson, ndjson_rows;
    for (int twice = 0; twice < 2; ++twice) {
      csv.add_all_csv(block);
      ndjson.add_all_ndjson(block);
      for (std::size_t i = 0; i < block.size(); ++i) csv_rows.add_csv(block[i]);
      for (std::size_t i = 0; i < block.size(); ++i) ndjson_rows.add_ndjson(block[i]);
    }
    EXPECT_EQ(csv.text(), csv_rows.text()) << c.name;
    EXPECT_EQ(ndjson.text(), ndjson_rows.text()) << c.name;
  }
}

}  // namespace
}  // namespace renown::pipeline
