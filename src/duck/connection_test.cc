#include "duck/connection.h"

#include <gtest/gtest.h>

namespace renown::duck {
namespace {

class InMemory : public ::testing::Test {
 protected:
  Database database_ = *Database::in_memory({});
  Connection connection_ = *Connection::open(database_);
};

TEST_F(InMemory, ReadsEveryTypeAndNull) {
  auto result = connection_.query(
      "SELECT true AS b, 200::UTINYINT AS u, (-9223372036854775807 - 1)::BIGINT AS i, 0.1::DOUBLE AS f, 'short' AS s,"
      " 'a text longer than twelve bytes' AS l, NULL::VARCHAR AS n, '' AS e, 1::HUGEINT AS h");
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->column_count(), 9U);
  EXPECT_EQ(result->column_name(5), "l");
  EXPECT_EQ(result->column_type(8), Type::other);
  ASSERT_TRUE(*result->next());
  ASSERT_EQ(result->size(), 1U);
  EXPECT_TRUE(result->column(0).boolean(0));
  EXPECT_EQ(result->column(1).uint8(0), 200);
  EXPECT_EQ(result->column(2).int64(0), INT64_MIN);
  EXPECT_EQ(result->column(3).float64(0), 0.1);
  EXPECT_EQ(result->column(4).text(0), "short");
  EXPECT_EQ(result->column(5).text(0), "a text longer than twelve bytes");
  EXPECT_TRUE(result->column(6).is_null(0));
  EXPECT_EQ(result->column(6).text(0), "");
  EXPECT_FALSE(result->column(7).is_null(0));
  EXPECT_FALSE(*result->next());
}

TEST_F(InMemory, BindsParameters) {
  const std::string with_nul("a\0b", 3);
  auto result = connection_.query("SELECT ?::BIGINT + 1, ?::VARCHAR, ?::DOUBLE, ?::BOOLEAN",
                                  {std::int64_t{41}, std::string_view(with_nul), 2.5, true});
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_TRUE(*result->next());
  EXPECT_EQ(result->column(0).int64(0), 42);
  EXPECT_EQ(result->column(1).text(0), with_nul);
  EXPECT_EQ(result->column(2).float64(0), 2.5);
  EXPECT_TRUE(result->column(3).boolean(0));
}

TEST_F(InMemory, StreamsManyRowsInOrder) {
  auto result = connection_.query("SELECT range AS i, 'text number ' || range AS t FROM range(1000000)");
  ASSERT_TRUE(result);
  std::int64_t expected = 0;
  for (auto more = result->next(); *more; more = result->next()) {
    for (std::size_t row = 0; row < result->size(); ++row, ++expected) {
      ASSERT_EQ(result->column(0).int64(row), expected);
      ASSERT_EQ(result->column(1).text(row), "text number " + std::to_string(expected));
    }
  }
  EXPECT_EQ(expected, 1'000'000);
}

TEST_F(InMemory, ReportsAnErrorFoundHalfwayThroughAStream) {
  auto result =
      connection_.query("SELECT (CASE WHEN range = 900000 THEN 'x' ELSE '1' END)::BIGINT FROM range(1000000)");
  ASSERT_TRUE(result);
  auto more = result->next();
  while (more && *more) more = result->next();
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, ErrorCode::bad_input);
  EXPECT_NE(more.error().message.find("Could not convert"), std::string::npos) << more.error().message;
}

TEST_F(InMemory, AResultGivenUpHalfwayFreesTheConnection) {
  {
    auto result = connection_.query("SELECT range FROM range(1000000)");
    ASSERT_TRUE(*result->next());
  }
  EXPECT_EQ(*connection_.query_int64("SELECT 7::BIGINT"), 7);
}

TEST_F(InMemory, SaysWhatIsWrongInOneSentence) {
  for (const char* sql : {"SELEKT 1", "SELECT * FROM nowhere", "SELECT 1; SELECT 'x'::BIGINT"}) {
    auto done = connection_.execute(sql);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().message.find('\n'), std::string::npos);
    EXPECT_FALSE(done.error().message.empty());
    EXPECT_EQ(done.error().message.find("Error:"), std::string::npos) << done.error().message;
  }
}

TEST_F(InMemory, CountsChangedRows) {
  ASSERT_TRUE(connection_.execute("CREATE TABLE t (a BIGINT)"));
  EXPECT_EQ(*connection_.execute("INSERT INTO t SELECT range FROM range(5)"), 5U);
  EXPECT_EQ(*connection_.execute("DELETE FROM t WHERE a < ?", {std::int64_t{2}}), 2U);
}

TEST_F(InMemory, ATransactionHappensWholeOrNot) {
  ASSERT_TRUE(connection_.execute("CREATE TABLE t (a BIGINT)"));
  {
    auto transaction = Transaction::begin(connection_);
    ASSERT_TRUE(connection_.execute("INSERT INTO t VALUES (1)"));
  }
  EXPECT_EQ(*connection_.query_int64("SELECT count(*) FROM t"), 0);
  {
    auto transaction = Transaction::begin(connection_);
    ASSERT_TRUE(connection_.execute("INSERT INTO t VALUES (1)"));
    const char* doomed = "INSERT INTO t SELECT (CASE range WHEN 1 THEN 'x' ELSE '1' END)::BIGINT FROM range(3)";
    EXPECT_FALSE(connection_.execute(doomed));
    EXPECT_FALSE(transaction->commit());
  }
  EXPECT_EQ(*connection_.query_int64("SELECT count(*) FROM t"), 0);
  {
    auto transaction = Transaction::begin(connection_);
    ASSERT_TRUE(connection_.execute("INSERT INTO t VALUES (1)"));
    ASSERT_TRUE(transaction->commit());
  }
  EXPECT_EQ(*connection_.query_int64("SELECT count(*) FROM t"), 1);
}

}  // namespace
}  // namespace renown::duck
