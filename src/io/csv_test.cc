#include "io/csv.h"

#include <chrono>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "io/testing.h"

namespace renown::io {
namespace {

using testing::memory;

/// Records as "line[field|field]" or "line!problem".
std::vector<std::string> records_of(std::string_view bytes, std::size_t piece = 1 << 20,
                                    std::size_t max_bytes = LineReader::kMaxBytes) {
  CsvReader reader(memory(bytes, piece), max_bytes);
  std::vector<std::string> records;
  CsvRecord record;
  for (;;) {
    auto more = reader.next(record);
    if (!more) return {"error: " + more.error().message};
    if (!*more) return records;
    std::string shown = std::to_string(record.line);
    if (record.problem.empty()) {
      shown += '[';
      for (const auto field : record.fields) shown.append(field).append("|");
      shown.back() = ']';
    } else {
      shown += "!" + record.problem;
    }
    records.push_back(shown + (record.cut_off ? "~" : ""));
  }
}

using Records = std::vector<std::string>;

struct Case {
  std::string bytes;
  Records wanted;
};

class ReadCsv : public ::testing::TestWithParam<Case> {};

TEST_P(ReadCsv, in_one_piece_and_byte_by_byte) {
  EXPECT_EQ(records_of(GetParam().bytes), GetParam().wanted);
  EXPECT_EQ(records_of(GetParam().bytes, 1), GetParam().wanted);
}

const std::string kNotClosed = "!a quote is not closed";
const std::string kFollows = "!text follows the closing quote of a field";
const std::string kInside = "!a quote stands inside a field that is not quoted";

INSTANTIATE_TEST_SUITE_P(
    table, ReadCsv,
    ::testing::Values(Case{"", {}}, Case{"\n\r\n\n", {}}, Case{"a", {"1[a]~"}}, Case{"a,b\n", {"1[a|b]"}},
                      Case{",\n", {"1[|]"}}, Case{"a,b\r\nc,d\r\n", {"1[a|b]", "2[c|d]"}},
                      Case{"\xef\xbb\xbf\"a\",b\n", {"1[a|b]"}}, Case{"\n\na\n\nb\n", {"3[a]", "5[b]"}},
                      Case{" a , b\n", {"1[ a | b]"}}, Case{"\"\"\n", {"1[]"}}, Case{"\"a,b\",c\n", {"1[a,b|c]"}},
                      Case{"\"a\"\"b\"\"\",c\n", {"1[a\"b\"|c]"}}, Case{"\"a\nb\",c\nd\n", {"1[a\nb|c]", "3[d]"}},
                      Case{"\"a\r\n\r\nb\"\r\nd\n", {"1[a\r\n\r\nb]", "4[d]"}},
                      Case{"x,\"a\n\"\"\nb\"\nd", {"1[x|a\n\"\nb]", "4[d]~"}}, Case{"\"a\nb\"", {"1[a\nb]~"}},
                      Case{std::string("a\0,b\n", 5), {std::string("1[a\0|b]", 7)}},
                      // a stray quote costs its own line
                      Case{"\"a\nb\nc\n", {"1" + kNotClosed, "2[b]", "3[c]"}}, Case{"\"a", {"1" + kNotClosed + "~"}},
                      Case{"\"a\nb", {"1" + kNotClosed, "2[b]~"}}, Case{"\"a\"b\nc\n", {"1" + kFollows, "2[c]"}},
                      Case{"a\"b\nc\n", {"1" + kInside, "2[c]"}},
                      Case{"\"a\n\"b\",c\nd\n", {"1" + kFollows, "2[b|c]", "3[d]"}},
                      Case{"\"a\nb\n\nc,\"d\ne\",f\ng\n", {"1" + kFollows, "2[b]", "4[c|d\ne|f]", "6[g]"}},
                      Case{"\"a\n\"b\n\"c\n", {"1" + kFollows, "2" + kFollows, "3" + kNotClosed}}));

TEST(ReadCsv, a_long_line_or_record_is_passed_over) {
  EXPECT_EQ(records_of("123456789\na,b\n", 3, 8), (Records{"1!the line is longer than 8 bytes", "2[a|b]"}));
  EXPECT_EQ(records_of("\"23456\n234567\n\"\na,b\n", 3, 8),
            (Records{"1!a quote is not closed", "2[234567]", "3!a quote is not closed", "4[a|b]"}));
}

TEST(ReadCsv, stray_quotes_cost_no_time) {
  // Were each line that opens a quote read up to the end of the file, this would take minutes.
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "a,\"b\na\",\"b\n";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(records_of(text).empty());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(ReadCsv, gives_the_same_records_in_any_pieces_and_loses_no_line) {
  rc::check([] {
    const auto bytes = *rc::gen::container<std::string>(rc::gen::element('\n', '\r', 'a', 'b', ',', '"'));
    const auto piece = *rc::gen::inRange<std::size_t>(1, 9);
    const auto max_bytes = *rc::gen::inRange<std::size_t>(2, 40);
    RC_ASSERT(records_of(bytes, piece, max_bytes) == records_of(bytes, 1 << 20, max_bytes));
  });
}

TEST(CsvField, quotes_only_where_it_must) {
  EXPECT_EQ(csv_field(""), "");
  EXPECT_EQ(csv_field("plain text"), "plain text");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(csv_field("a\nb"), "\"a\nb\"");
  EXPECT_EQ(csv_field("a\r"), "\"a\r\"");
}

TEST(CsvField, is_read_back_as_itself) {
  rc::check([](const std::vector<std::string>& fields) {
    std::string text = "x";
    for (const auto& field : fields) text += "," + csv_field(field);
    text += "\n";
    const std::string kept = text;
    CsvReader reader(memory(kept, 3));
    CsvRecord record;
    RC_ASSERT(*reader.next(record));
    RC_ASSERT(record.problem == "");
    RC_ASSERT(record.fields.size() == fields.size() + 1);
    for (std::size_t i = 0; i < fields.size(); ++i) RC_ASSERT(record.fields[i + 1] == fields[i]);
    RC_ASSERT(!*reader.next(record));
  });
}

}  // namespace
}  // namespace renown::io
