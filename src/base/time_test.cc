#include "base/time.h"

#include <optional>

#include <gtest/gtest.h>

namespace renown::base {
namespace {

struct Case {
  const char* text;
  std::optional<std::int64_t> seconds;  ///< nothing: refused
};

class ParseTime : public testing::TestWithParam<Case> {};

TEST_P(ParseTime, gives_unix_seconds_or_refuses) {
  const auto time = parse_time(GetParam().text);
  ASSERT_EQ(time.has_value(), GetParam().seconds.has_value()) << GetParam().text;
  if (time) {
    EXPECT_EQ(*time, *GetParam().seconds) << GetParam().text;
  }
}

INSTANTIATE_TEST_SUITE_P(
    table, ParseTime,
    testing::Values(Case{"", std::nullopt}, Case{"0", 0}, Case{"-1", std::nullopt}, Case{"1420070400", 1420070400},
                    Case{"1420070400.999", 1420070400}, Case{"1420070400.", std::nullopt},
                    Case{"253402300799", 253402300799}, Case{"253402300800", std::nullopt},
                    Case{"1420070400000", std::nullopt},  // milliseconds
                    Case{"99999999999999999999", std::nullopt}, Case{"1e9", std::nullopt},
                    Case{" 1420070400", std::nullopt}, Case{"2015-01-01T00:00:00Z", 1420070400},
                    Case{"2015-01-01t00:00:00z", 1420070400}, Case{"2015-01-01 00:00:00", 1420070400},
                    Case{"2015-01-01", 1420070400}, Case{"2015-01-01T00:00:00.999999Z", 1420070400},
                    Case{"2015-01-01T00:00:00.Z", std::nullopt}, Case{"2015-01-01T02:00:00+02:00", 1420070400},
                    Case{"2014-12-31T19:00:00-0500", 1420070400}, Case{"2015-01-01T00:00:00+24:00", std::nullopt},
                    Case{"2016-12-31T23:59:60Z", 1483228800}, Case{"2016-02-29T00:00:00Z", 1456704000},
                    Case{"2015-02-29T00:00:00Z", std::nullopt}, Case{"2015-13-01T00:00:00Z", std::nullopt},
                    Case{"1969-12-31T23:59:59Z", std::nullopt}, Case{"9999-12-31T23:59:59Z", 253402300799},
                    Case{"yesterday", std::nullopt}));

TEST(ParseTime, milliseconds_are_named_in_the_message) {
  EXPECT_NE(parse_time("1420070400000").error().message.find("milliseconds"), std::string::npos);
}

TEST(FormatTime, is_read_back_as_itself) {
  for (const std::int64_t seconds : {std::int64_t{0}, std::int64_t{1420070400}, std::int64_t{1456704000}, kMaxTime}) {
    EXPECT_EQ(*parse_time(format_time(seconds)), seconds) << format_time(seconds);
  }
  EXPECT_EQ(format_time(1420070401), "2015-01-01T00:00:01Z");
  EXPECT_EQ(format_day(1420070399), "2014-12-31");
}

TEST(FormatTime, beyond_what_is_read) {
  EXPECT_EQ(format_time(-1), "1969-12-31T23:59:59Z");
  EXPECT_EQ(format_day(-62'167'219'200), "0000-01-01");
  EXPECT_EQ(format_time(-62'167'219'201), "-001-12-31T23:59:59Z");
  EXPECT_EQ(format_time(kMaxTime), "9999-12-31T23:59:59Z");
  EXPECT_EQ(format_time(kMaxTime + 1), "10000-01-01T00:00:00Z");
}

}  // namespace
}  // namespace renown::base
