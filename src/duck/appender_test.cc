#include "duck/appender.h"

#include <gtest/gtest.h>

namespace renown::duck {
namespace {

class AppenderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(connection_.execute("CREATE TABLE t (i BIGINT, s VARCHAR, f DOUBLE, b BOOLEAN, u UTINYINT)"));
  }
  std::int64_t number(const std::string& sql) { return *connection_.query_int64(sql); }

  Database database_ = *Database::in_memory({});
  Connection connection_ = *Connection::open(database_);
};

TEST_F(AppenderTest, WritesEveryTypeAndNulls) {
  auto appender = Appender::create(connection_, "t");
  ASSERT_TRUE(appender) << appender.error().message;
  constexpr std::int64_t kRows = 100'000;
  for (std::int64_t i = 0; i < kRows; ++i) {
    RowBuffer& rows = appender->rows();
    rows.add_row();
    rows.set_int64(0, i);
    if (i % 3 == 0) {
      rows.set_null(1);
    } else {
      rows.set_text(1, "text of row " + std::to_string(i));
    }
    rows.set_float64(2, static_cast<double>(i) / 2);
    rows.set_boolean(3, i % 2 == 0);
    rows.set_uint8(4, static_cast<std::uint8_t>(i % 256));
    if (rows.full()) {
      ASSERT_TRUE(appender->push());
    }
  }
  ASSERT_TRUE(appender->finish());
  EXPECT_EQ(number("SELECT count(*) FROM t"), kRows);
  EXPECT_EQ(number("SELECT count(*) FROM t WHERE i % 3 = 0 AND s IS NULL"), 33'334);
  EXPECT_EQ(number("SELECT count(*) FROM t WHERE i % 3 <> 0 AND s = 'text of row ' || i"), 66'666);
  EXPECT_EQ(number("SELECT count(*) FROM t WHERE f = i / 2 AND b = (i % 2 = 0) AND u = i % 256"), kRows);
}

TEST_F(AppenderTest, WhatIsNotSetIsEmpty) {
  auto appender = Appender::create(connection_, "t");
  for (int round = 0; round < 2; ++round) {
    while (!appender->rows().full()) {
      appender->rows().add_row();
      if (round == 0) appender->rows().set_text(1, "something longer than twelve bytes");
    }
    ASSERT_TRUE(appender->push());
  }
  ASSERT_TRUE(appender->finish());
  EXPECT_EQ(number("SELECT count(*) FROM t WHERE s = ''"), number("SELECT count(*) // 2 FROM t"));
  EXPECT_EQ(number("SELECT count(*) FROM t WHERE i = 0 AND f = 0 AND NOT b AND u = 0"),
            number("SELECT count(*) FROM t"));
}

TEST_F(AppenderTest, RefusesWhatIsNotUtf8) {
  auto appender = Appender::create(connection_, "t");
  appender->rows().add_row();
  appender->rows().set_text(1, "caf\xE9");
  auto done = appender->finish();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::bad_input);
  EXPECT_EQ(done.error().message, "a text for column 2 is not UTF-8");
}

TEST_F(AppenderTest, SaysWhenThereIsNoSuchTable) {
  auto appender = Appender::create(connection_, "nowhere");
  ASSERT_FALSE(appender);
  EXPECT_NE(appender.error().message.find("nowhere"), std::string::npos) << appender.error().message;
}

TEST_F(AppenderTest, SaysWhatTheTableRefuses) {
  ASSERT_TRUE(connection_.execute("CREATE TABLE strict (i BIGINT NOT NULL)"));
  auto appender = Appender::create(connection_, "strict");
  appender->rows().add_row();
  appender->rows().set_null(0);
  auto done = appender->finish();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::bad_input) << done.error().message;
}

TEST_F(AppenderTest, IsPartOfTheTransaction) {
  {
    auto transaction = Transaction::begin(connection_);
    auto appender = Appender::create(connection_, "t");
    appender->rows().add_row();
    ASSERT_TRUE(appender->finish());
  }
  EXPECT_EQ(number("SELECT count(*) FROM t"), 0);
}

}  // namespace
}  // namespace renown::duck
