#include "ingest/higgs/higgs_line.h"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ingest/read_all.h"

namespace renown::ingest::higgs {
namespace {

struct Case {
  std::string line;
  std::string row;      ///< empty: refused
  std::string problem;  ///< a part of the sentence
};

class HiggsLine : public testing::TestWithParam<Case> {};

TEST_P(HiggsLine, becomes_a_row_or_is_refused_with_a_reason) {
  const auto row = parse_line(GetParam().line);
  EXPECT_EQ(row ? shown(*row) : "", GetParam().row);
  if (!row) {
    EXPECT_NE(row.error().message.find(GetParam().problem), std::string::npos) << row.error().message;
  }
}

INSTANTIATE_TEST_SUITE_P(
    table, HiggsLine,
    testing::Values(Case{"", "", "four words"}, Case{"1 2 1341100972", "", "four words"},
                    Case{"1 2 1341100972 RT x", "", "four words"},
                    Case{"101 202 1341101181 RT", "1341101181 repost twitter 101 -> 202", ""},
                    Case{"303 404 1341100972 RE", "1341100972 reply twitter 303 -> 404", ""},
                    Case{"303 404 1341100972 MT", "1341100972 mention twitter 303 -> 404", ""},
                    Case{"  1\t2   0 RT  ", "0 repost twitter 1 -> 2", ""},
                    Case{"1 1 5 RT", "5 repost twitter 1 -> 1", ""},  // on oneself: the score drops it
                    Case{"1 2 5 rt", "", "the kind 'rt' is none of RT, RE, MT"}, Case{"1 2 5 FAV", "", "'FAV'"},
                    Case{"alice 2 5 RT", "", "the account 'alice' is not a number"},
                    Case{"1 -2 5 RT", "", "the account '-2'"},
                    Case{"1 2 -5 RT", "", "the time '-5' is not unix seconds"},
                    Case{"1 2 2012-07-01 RT", "", "the time '2012-07-01'"},
                    Case{"1 2 1341100972000 RT", "", "milliseconds"}, Case{"1 2 99999999999999999999 RT", "", "time"},
                    Case{std::string("1 2 5 R\0", 8), "", "kind"}));

TEST(HiggsLine, ids_beyond_2_to_the_63_survive_as_text) {
  const auto row = parse_line("9007199254740993 36893488147419103233 5 RT");
  ASSERT_TRUE(row);
  EXPECT_EQ(row->actor, "9007199254740993");       // 2^53 + 1
  EXPECT_EQ(row->target, "36893488147419103233");  // 2^65 + 1
}

TEST(HiggsLine, any_bytes_give_a_row_of_the_line_or_a_sentence) {
  rc::check([](const std::string& line) {
    const auto row = parse_line(line);
    RC_ASSERT(row || !row.error().message.empty());
  });
}

}  // namespace
}  // namespace renown::ingest::higgs
