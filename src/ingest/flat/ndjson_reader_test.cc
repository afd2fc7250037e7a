#include "ingest/flat/ndjson_reader.h"

#include <gtest/gtest.h>

#include "ingest/flat/testing.h"
#include "io/testing.h"

namespace renown::ingest::flat {
namespace {

using testing::bad_records;
using testing::Read;
using Rows = std::vector<std::string>;

Read read(std::string_view bytes, model::ReadOptions options = {}) {
  auto source = io::open_memory("x.ndjson", bytes);
  EXPECT_TRUE(source);
  return testing::read_all(*read_ndjson("x.ndjson", std::move(*source), options));
}

const std::string kGood = R"({"time":7,"network":"n","kind":"like","actor":"a","target":"b"})"
                          "\n";

struct Case {
  std::string line;
  std::string wanted;  ///< the row, or what is wrong with the line
};

class ReadNdjson : public ::testing::TestWithParam<Case> {};

TEST_P(ReadNdjson, line_by_line) {
  const Read result = read(kGood + GetParam().line + "\n");
  const std::string bad = bad_records(result.report);
  const std::string seen = result.rows.size() == 2 ? result.rows[1] : bad;
  EXPECT_EQ(seen, result.rows.size() == 2 ? GetParam().wanted : "x.ndjson:2: " + GetParam().wanted + "\n");
  EXPECT_EQ(result.report.records, 2U);
}

/// A good line with one member put at its end, where it overrides an earlier one of that name.
std::string with(const std::string& member) {
  return R"({"time":7,"network":"n","kind":"like","actor":"a","target":"b",)" + member + "}";
}

INSTANTIATE_TEST_SUITE_P(
    table, ReadNdjson,
    ::testing::Values(
        Case{with(R"("post":"p","id":"i","tags":"t u")"), "7 n like a>b p i t u"},
        Case{with(R"("time":"2015-01-01T00:00:00Z")"), "1420070400 n like a>b - - -"},
        Case{with(R"("time":"1420070400")"), "1420070400 n like a>b - - -"},
        Case{with(R"("time":1420070400.75)"), "1420070400 n like a>b - - -"},
        Case{with(R"("time":1.42007040075e9)"), "1420070400 n like a>b - - -"},
        Case{with(R"("time":1E0)"), "1 n like a>b - - -"},
        Case{with(R"("time":1e400)"),
             "time '1e400' is neither RFC 3339 (2015-01-01T00:00:00Z) nor unix seconds (1420070400)"},
        Case{with(R"("time":-1)"), "time -1 is before 1970"}, Case{with(R"("time":-0.5e0)"), "time -1 is before 1970"},
        Case{with(R"("time":1420070400000)"),
             "time 1420070400000 is after the year 9999; if these are milliseconds, divide by 1000"},
        Case{with(R"("time":true)"), "time is true or false"}, Case{with(R"("time":null)"), "time is empty"},
        Case{
            with(
                R"("actor":123456789012345678901234567890,"target":18446744073709551616,"post":9007199254740993,"id":-0)"),
            "7 n like 123456789012345678901234567890>18446744073709551616 9007199254740993 -0 -"},
        Case{with(R"("actor":["a"])"), "actor is an array"}, Case{with(R"("actor":{})"), "actor is an object"},
        Case{with(R"("network":1)"), "network is a number"}, Case{with(R"("kind":1)"), "kind is a number"},
        Case{with(R"("post":null,"id":null,"tags":null)"), "7 n like a>b - - -"},
        Case{with(R"("tags":[])"), "7 n like a>b - - -"}, Case{with(R"("tags":["t","u v"])"), "7 n like a>b - - t u v"},
        Case{with(R"("tags":["t",1])"), "tags holds a number"}, Case{with(R"("tags":1)"), "tags is a number"},
        Case{with(R"("actor":"\u00e9\ud83d\ude00")"), "7 n like \xc3\xa9\xf0\x9f\x98\x80>b - - -"},
        Case{with(R"("actor":"a\u0000b")"), "actor holds a NUL byte"},
        Case{with(R"("actor":"first","actor":"last")"), "7 n like last>b - - -"},
        Case{with(R"("kind":"post")"), "7 n post a>- - - -"},
        Case{with(R"("x":1.e5)"), "not valid JSON at byte 68: a value is missing"},
        Case{R"({"time":7})", "kind is empty"}, Case{"[]", "it is an array, not an object"},
        Case{"7", "it is a number, not an object"}, Case{"{", "not valid JSON at byte 2: it ends too early"},
        Case{"\xff", "not valid JSON at byte 1: the text is not UTF-8"}));

TEST(ReadNdjson, blank_lines_are_no_records) {
  const Read result = read("\n \t\r\n" + kGood + "\n\n" + kGood + "\n");
  EXPECT_EQ(result.rows.size(), 2U);
  EXPECT_EQ(result.report.records, 2U);
  EXPECT_EQ(result.error, "");
}

TEST(ReadNdjson, nothing_is_an_error) {
  for (const char* bytes : {"", "\n\n", "  ", "\xef\xbb\xbf"}) {
    EXPECT_EQ(read(bytes).error, "x.ndjson is empty: a flat NDJSON log holds one JSON object a line");
  }
}

TEST(ReadNdjson, unknown_keys_are_ignored_with_one_notice) {
  const Read result = read(with(R"("likes":9)") + "\n" + with(R"("likes":8,"views":7)") + "\n");
  EXPECT_EQ(result.rows.size(), 2U);
  EXPECT_EQ(result.report.notices,
            (std::vector<std::string>{"x.ndjson: columns 'likes' and 'views' are no part of a flat log and ignored"}));
}

TEST(ReadNdjson, strict_stops_at_the_first_bad_line) {
  EXPECT_EQ(read(kGood + "{}\n" + kGood, {.strict = true}).error, "x.ndjson:2: time is empty");
}

TEST(ReadNdjson, the_last_line_may_be_cut_off) {
  EXPECT_EQ(read(kGood + kGood.substr(0, kGood.size() - 1)).rows.size(), 2U);
  const Read cut = read(kGood + kGood.substr(0, 15));
  EXPECT_EQ(cut.rows.size(), 1U);
  EXPECT_EQ(bad_records(cut.report),
            "x.ndjson:2: the last line is cut off: not valid JSON at byte 11: a string is not closed\n");
}

TEST(ReadNdjson, a_log_of_bad_lines_is_not_what_it_claims) {
  EXPECT_EQ(
      read("<html>\n</html>\n").error,
      "x.ndjson is not a flat NDJSON log: none of its 2 records can be used; x.ndjson:1: not valid JSON at byte 1: a "
      "value is missing");
}

TEST(ReadNdjson, a_line_beyond_the_limit_is_one_bad_record) {
  const Read result = read(kGood + with("\"x\":\"" + std::string(17 << 20, 'x') + "\"") + "\n" + kGood);
  EXPECT_EQ(result.rows.size(), 2U);
  EXPECT_EQ(bad_records(result.report), "x.ndjson:2: the line is longer than 16777216 bytes\n");
  const Read large = read(kGood + with("\"x\":\"" + std::string(10 << 20, 'x') + "\"") + "\n" + kGood);
  EXPECT_EQ(large.rows.size(), 3U);
}

TEST(LooksLikeNdjson, by_the_keys_of_the_first_line) {
  EXPECT_TRUE(looks_like_ndjson(kGood));
  EXPECT_TRUE(looks_like_ndjson("\n  " + kGood));
  EXPECT_TRUE(looks_like_ndjson(kGood.substr(0, kGood.size() - 10))) << "the head ends inside the line";
  EXPECT_FALSE(looks_like_ndjson(R"({"type":"Like","actor":"a","object":"b"})"));
  EXPECT_FALSE(looks_like_ndjson(R"({"kind":"commit","time_us":1,"did":"x"})"));
  EXPECT_FALSE(looks_like_ndjson(R"([{"time":1,"kind":1,"actor":1}])"));
  EXPECT_FALSE(looks_like_ndjson(R"({"a":{"time":1,"kind":1,"actor":1}})"));
  EXPECT_FALSE(looks_like_ndjson(""));
}

}  // namespace
}  // namespace renown::ingest::flat
