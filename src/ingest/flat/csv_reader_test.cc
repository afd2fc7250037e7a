#include "ingest/flat/csv_reader.h"

#include <gtest/gtest.h>

#include "ingest/flat/testing.h"
#include "io/testing.h"

namespace renown::ingest::flat {
namespace {

using testing::bad_records;
using testing::Read;
using Rows = std::vector<std::string>;

const std::string kHeader = "time,network,kind,actor,target,post,id\n";

Read read(std::string_view bytes, model::ReadOptions options = {}) {
  auto source = io::open_memory("x.csv", bytes);
  EXPECT_TRUE(source);
  return testing::read_all(*read_csv("x.csv", std::move(*source), options));
}

TEST(ReadCsv, nothing_is_an_error_and_a_header_alone_is_not) {
  for (const char* bytes : {"", "\n\n", "\xef\xbb\xbf"}) {
    EXPECT_EQ(
        read(bytes).error,
        "x.csv is empty: a flat CSV log begins with a header line such as time,network,kind,actor,target,post,id");
  }
  for (const std::string& header : {kHeader, kHeader.substr(0, kHeader.size() - 1)}) {
    const Read result = read(header);
    EXPECT_EQ(result.error, "");
    EXPECT_EQ(result.report.records, 0U);
  }
}

TEST(ReadCsv, columns_in_any_order_and_optional_ones_missing) {
  EXPECT_EQ(read("target,actor,kind,network,time\nbob,ann,like,github,7\n").rows,
            (Rows{"7 github like ann>bob - - -"}));
  EXPECT_EQ(read("tags,time,network,kind,actor,target,id,post\nbirds trees,7,github,like,ann,bob,i1,p1\n").rows,
            (Rows{"7 github like ann>bob p1 i1 birds trees"}));
}

TEST(ReadCsv, unknown_columns_are_ignored_with_one_notice) {
  const Read result = read("time,network,kind,actor,target,likes,Time\n7,n,like,a,b,99,x\n8,n,like,a,b,98,y\n");
  EXPECT_EQ(result.rows, (Rows{"7 n like a>b - - -", "8 n like a>b - - -"}));
  EXPECT_EQ(result.report.notices,
            (std::vector<std::string>{"x.csv: columns 'likes' and 'Time' are no part of a flat log and ignored"}));
}

TEST(ReadCsv, a_wrong_header_stops) {
  EXPECT_EQ(
      read("time,network,actor,target\n7,n,a,b\n").error,
      "x.csv has no column 'kind': it has 'time', 'network', 'actor' and 'target'; a flat log needs time, network, "
      "kind, actor, target");
  EXPECT_EQ(read("time,time,network,kind,actor,target\n").error, "x.csv:1: the header names column 'time' twice");
  EXPECT_EQ(read("time,\"network\n").error, "x.csv:1: the header line is no CSV: a quote is not closed");
  EXPECT_EQ(read("\n\n<html>\n").error,
            "x.csv has no column 'time': it has '<html>'; a flat log needs time, network, kind, actor, target");
}

TEST(ReadCsv, bad_rows_are_counted_with_their_place) {
  const Read result = read(kHeader +
                           "7,n,like,a,b,p,i\r\n"
                           "\r\n"
                           "8,n,lik,a,b,p,i\n"
                           "9,n,like,a\n"
                           "9,n,like,a,b,p,i,more\n"
                           "10,n,like,\"a\nc\",b,p,i\n"
                           "11,n,like,\"a,b,p,i\n"
                           "12,n,like,a,b,p,i\n");
  EXPECT_EQ(result.error, "");
  EXPECT_EQ(result.rows, (Rows{"7 n like a>b p i -", "10 n like a\nc>b p i -", "12 n like a>b p i -"}));
  EXPECT_EQ(
      bad_records(result.report),
      "x.csv:4: kind 'lik' is unknown: the kinds are endorse, tip, quote, repost, review, reply, comment, mention, "
      "star, like, post, follow, undo\n"
      "x.csv:5: it has 4 fields, the header has 7\n"
      "x.csv:6: it has 8 fields, the header has 7\n"
      "x.csv:9: a quote is not closed\n");
  EXPECT_EQ(result.report.records, 7U);
  EXPECT_EQ(result.report.interactions, 3U);
  EXPECT_EQ(result.report.bad, 4U);
}

TEST(ReadCsv, strict_stops_at_the_first_bad_row) {
  const Read result = read(kHeader + "7,n,like,a,b,p,i\n8,n,like,,b,p,i\n9,n,like,a,b,p,i\n", {.strict = true});
  EXPECT_EQ(result.error, "x.csv:3: actor is empty");
  EXPECT_EQ(result.rows.size(), 1U);
}

TEST(ReadCsv, the_last_line_may_lack_its_ending_but_not_its_fields) {
  EXPECT_EQ(read(kHeader + "7,n,like,a,b,p,i").rows.size(), 1U);
  const Read cut = read(kHeader + "7,n,like,a,b,p,i\n8,n,like,a");
  EXPECT_EQ(cut.rows.size(), 1U);
  EXPECT_EQ(bad_records(cut.report), "x.csv:3: the last line is cut off: it has 4 fields, the header has 7\n");
  EXPECT_EQ(bad_records(read(kHeader + "7,n,like,a,b,p,i\n8,n,like,\"a").report),
            "x.csv:3: the last line is cut off: a quote is not closed\n");
}

TEST(ReadCsv, a_log_of_bad_rows_is_not_what_it_claims) {
  EXPECT_EQ(read(kHeader + "x,n,like,a,b,p,i\n").error,
            "x.csv is not a flat CSV log: its only record cannot be used; x.csv:2: time 'x' is neither RFC 3339 "
            "(2015-01-01T00:00:00Z) nor unix seconds (1420070400)");
  std::string text = kHeader;
  for (int i = 0; i < 99; ++i) text += "bad\n";
  EXPECT_EQ(
      read(text).error,
      "x.csv is not a flat CSV log: none of its 99 records can be used; x.csv:2: it has 1 fields, the header has 7");
  EXPECT_EQ(read(text + "7,n,like,a,b,p,i\n").error, "") << "the hundredth is good";
  EXPECT_EQ(
      read(text + "bad\n7,n,like,a,b,p,i\n").error,
      "x.csv is not a flat CSV log: none of its first 100 records can be used; x.csv:2: it has 1 fields, the header "
      "has 7");
}

TEST(ReadCsv, a_packed_log_that_is_cut_off_gives_its_rows_and_says_so) {
  std::string text = kHeader;
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i * 7919) + ",n,like,a" + std::to_string(i) + ",b,p,i\n";
  const std::string packed = io::testing::gzip(text);
  const Read result = read(std::string_view(packed).substr(0, packed.size() / 2));
  EXPECT_EQ(result.error, "x.csv is cut off: the gzip data ends too early");
  EXPECT_GT(result.rows.size(), 10'000U);
}

TEST(ReadCsv, hands_over_in_blocks) {
  std::string text = kHeader;
  constexpr int kRows = 20'000;
  for (int i = 0; i < kRows; ++i) text += std::to_string(i) + ",n,like,a,b,p,i\n";
  const Read result = read(text);
  EXPECT_EQ(result.rows.size(), static_cast<std::size_t>(kRows));
  EXPECT_EQ(result.blocks, 3U);
  EXPECT_EQ(result.rows.back(), "19999 n like a>b p i -");
}

TEST(ReadCsv, ten_megabytes_on_one_line_are_one_bad_row) {
  const Read result =
      read(kHeader + "7,n,like,a,b,p,i\n8,n,like," + std::string(10 << 20, 'a') + ",b,p,i\n9,n,like,a,b,p,i\n");
  EXPECT_EQ(result.rows.size(), 2U);
  EXPECT_EQ(bad_records(result.report), "x.csv:3: actor is longer than 1024 bytes\n");
}

TEST(LooksLikeCsv, by_the_columns_of_the_header) {
  EXPECT_TRUE(looks_like_csv(kHeader));
  EXPECT_TRUE(looks_like_csv("\xef\xbb\xbftarget,actor,kind,network,time\n1,2,3"));
  EXPECT_TRUE(looks_like_csv("\"time\",\"network\",\"kind\",\"actor\",\"target\"\r\n"));
  EXPECT_TRUE(looks_like_csv("time,network,actor,target\n")) << "the reader says what is missing";
  EXPECT_FALSE(looks_like_csv("time,network\n"));
  EXPECT_FALSE(looks_like_csv("time,time,time,time\n"));
  EXPECT_FALSE(looks_like_csv(""));
  EXPECT_FALSE(looks_like_csv("{\"time\":1}"));
  EXPECT_FALSE(looks_like_csv("1 2 1341100972 MT\n"));
}

}  // namespace
}  // namespace renown::ingest::flat
