#include "ingest/higgs/higgs_reader.h"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "ingest/read_all.h"
#include "io/line_reader.h"

namespace renown::ingest::higgs {
namespace {

using Rows = std::vector<std::string>;

Reading read(std::string_view text, model::ReadOptions options = {}) {
  auto source = io::open_memory("day.txt", text);
  EXPECT_TRUE(source);
  const auto reader = make_reader("day.txt", std::move(*source), options);
  return read_all(*reader);
}

std::string repeat(std::string_view line, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += line;
  return text;
}

TEST(HiggsReader, reads_a_log) {
  const Reading reading = read("1 2 5 RT\n3 4 6 RE\n");
  EXPECT_EQ(reading.rows, (Rows{"5 repost twitter 1 -> 2", "6 reply twitter 3 -> 4"}));
  EXPECT_FALSE(reading.error);
  EXPECT_EQ(reading.report.records, 2);
  EXPECT_EQ(reading.report.interactions, 2);
}

TEST(HiggsReader, yields_a_reply_that_is_also_logged_as_a_mention_twice_as_the_source_has_it) {
  EXPECT_EQ(read("1 2 5 MT\n1 2 5 RE\n").rows, (Rows{"5 mention twitter 1 -> 2", "5 reply twitter 1 -> 2"}));
}

TEST(HiggsReader, yields_duplicate_deliveries_and_times_out_of_order_as_they_are) {
  EXPECT_EQ(read("1 2 9 RT\n1 2 5 RT\n1 2 9 RT\n").rows,
            (Rows{"9 repost twitter 1 -> 2", "5 repost twitter 1 -> 2", "9 repost twitter 1 -> 2"}));
}

TEST(HiggsReader, takes_off_a_byte_order_mark_and_windows_line_endings) {
  EXPECT_EQ(read("\xef\xbb\xbf"
                 "1 2 5 RT\r\n\r\n3 4 6 RE\r\n")
                .rows,
            (Rows{"5 repost twitter 1 -> 2", "6 reply twitter 3 -> 4"}));
}

TEST(HiggsReader, counts_a_bad_line_with_its_place_and_reads_on) {
  const Reading reading = read("1 2 5 RT\n\nhello\n3 4 6 RE\n");
  EXPECT_EQ(reading.rows.size(), 2);
  EXPECT_EQ(reading.report.records, 3);
  EXPECT_EQ(reading.report.bad, 1);
  EXPECT_EQ(reading.report.first_bad.front().place, "day.txt:3");
}

TEST(HiggsReader, says_that_a_truncated_last_line_is_cut_off) {
  const Reading reading = read("1 2 5 RT\n3 4 6");
  EXPECT_EQ(reading.rows, Rows{"5 repost twitter 1 -> 2"});
  ASSERT_EQ(reading.report.bad, 1);
  EXPECT_EQ(reading.report.first_bad.front().place, "day.txt:2");
  EXPECT_NE(reading.report.first_bad.front().reason.find("the log may be cut off"), std::string::npos);
}

TEST(HiggsReader, takes_a_whole_last_line_without_a_line_ending) {
  EXPECT_EQ(read("1 2 5 RT").rows.size(), 1);
}

TEST(HiggsReader, skips_a_line_too_long_to_hold) {
  const Reading reading = read("1 2 5 RT\n" + std::string(io::LineReader::kMaxBytes + 1, '7') + "\n3 4 6 RE\n");
  EXPECT_EQ(reading.rows.size(), 2);
  EXPECT_EQ(reading.report.first_bad.front().place, "day.txt:2");
}

TEST(HiggsReader, refuses_an_account_of_more_than_1_KiB) {
  const Reading reading =
      read("1 2 5 RT\n" + std::string(1025, '7') + " 2 5 RT\n" + std::string(1024, '7') + " 2 5 RT\n");
  EXPECT_EQ(reading.rows.size(), 2);
  EXPECT_EQ(reading.report.first_bad.front().reason, "the actor is longer than 1024 bytes");
}

TEST(HiggsReader, stops_at_the_first_bad_line_under_strict) {
  const Reading reading = read("1 2 5 RT\n1 2 5 XX\n3 4 6 RE\n", {.strict = true});
  ASSERT_TRUE(reading.error);
  EXPECT_EQ(reading.error->code, ErrorCode::bad_input);
  EXPECT_EQ(reading.error->message, "day.txt:2: the kind 'XX' is none of RT, RE, MT");
}

TEST(HiggsReader, says_that_an_empty_log_is_empty) {
  for (const std::string_view text : {"", "\n\n  \n", "\xef\xbb\xbf"}) {
    const Reading reading = read(text);
    ASSERT_TRUE(reading.error);
    EXPECT_EQ(reading.error->message, "day.txt is empty: it holds no record to read");
  }
}

TEST(HiggsReader, a_log_of_which_the_first_100_lines_are_bad_is_not_what_it_claims) {
  const Reading reading = read(repeat("hello\n", 100) + "1 2 5 RT\n");
  ASSERT_TRUE(reading.error);
  EXPECT_EQ(reading.error->message,
            "day.txt is not a Higgs activity log: none of its first 100 records can be used; day.txt:1: a line must be "
            "four words: actor target unix_seconds kind");
  EXPECT_TRUE(read("hello\n").error);
  EXPECT_FALSE(read(repeat("hello\n", 99) + "1 2 5 RT\n").error);
  EXPECT_FALSE(read("1 2 5 RT\n" + repeat("hello\n", 200)).error);
}

TEST(HiggsReader, is_recognised_by_its_first_line) {
  EXPECT_TRUE(looks_like_higgs("1 2 1341101181 RT\n3 4"));
  EXPECT_TRUE(looks_like_higgs("\r\n1 2 1341101181 MT\r\n"));
  for (const std::string_view other :
       {"", "\n", "1 2 1341101181", "{\"a\":1}\n", "time,network,kind\n", "1 2 3 XX\n"}) {
    EXPECT_FALSE(looks_like_higgs(other)) << other;
  }
}

TEST(HiggsReader, reads_days_1_to_5_whole) {
  const char* data = std::getenv("RENOWN_DATA");
  const std::string path = std::string(data ? data : "") + "/higgs/higgs-activity-days-1-5.txt.gz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "skipped: RENOWN_DATA has no higgs";
  auto source = io::open_bytes(path);
  ASSERT_TRUE(source);
  const auto reader = make_reader(path, std::move(*source), {});

  model::InteractionBlock block;
  std::array<int, kKindNames.size()> kinds{};
  int on_oneself = 0;
  for (bool more = true; more;) {
    block.clear();
    const auto read = reader->read(block);
    ASSERT_TRUE(read) << read.error().message;
    more = *read;
    for (std::size_t row = 0; row < block.size(); ++row) {
      ++kinds[static_cast<std::size_t>(block[row].kind)];
      on_oneself += block[row].actor == block[row].target;
    }
  }
  EXPECT_EQ(reader->report().records, 508'844);
  EXPECT_EQ(reader->report().interactions, 508'844);
  EXPECT_EQ(reader->report().bad, 0);
  EXPECT_TRUE(reader->report().left_out.empty());
  EXPECT_EQ(kinds[static_cast<std::size_t>(Kind::repost)], 326'470);
  EXPECT_EQ(kinds[static_cast<std::size_t>(Kind::mention)], 149'844);
  EXPECT_EQ(kinds[static_cast<std::size_t>(Kind::reply)], 32'530);
  EXPECT_EQ(on_oneself, 6'274);
  EXPECT_EQ(reader->bytes_read(), std::filesystem::file_size(path));
}

}  // namespace
}  // namespace renown::ingest::higgs
