#include "ingest/flat/parquet_reader.h"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "duck/connection.h"
#include "duck/sql.h"
#include "ingest/flat/testing.h"
#include "io/testing.h"

namespace renown::ingest::flat {
namespace {

using io::testing::write_file;
using testing::bad_records;
using testing::Read;
using Rows = std::vector<std::string>;

class ReadParquet : public ::testing::Test {
 protected:
  /// Writes what a query selects as a Parquet file.
  std::string write(const std::string& sql, const std::string& name = "x.parquet", const std::string& options = "") {
    duck::DatabaseOptions settings;
    settings.external_access = true;
    settings.threads = 1;
    auto database = duck::Database::in_memory(settings);
    auto connection = duck::Connection::open(*database);
    const std::string path = folder_ / name;
    auto done =
        connection->execute("COPY (" + sql + ") TO " + duck::text_literal(path) + " (FORMAT parquet" + options + ")");
    EXPECT_TRUE(done) << done.error().message;
    return path;
  }

  /// Sentences name the file without its folder.
  std::string short_names(std::string text) const {
    const std::string prefix = folder_.path() + "/";
    for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) text.erase(at, prefix.size());
    return text;
  }

  Read read(const std::string& path, model::ReadOptions options = {}) {
    auto reader = open_parquet(path, options);
    Read result;
    if (reader) {
      result = testing::read_all(**reader);
    } else {
      result.error = reader.error().message;
    }
    result.error = short_names(result.error);
    return result;
  }

  io::testing::TemporaryFolder folder_;
};

std::string row(const std::string& time, const std::string& more = "") {
  return "SELECT " + time + " AS time, 'n' AS network, 'like' AS kind, 'a' AS actor, 'b' AS target" + more;
}

// Most rows are taken a chunk at a time; a chunk with a row that is not as most are is looked at row by row.
TEST_F(ReadParquet, one_unusual_row_among_thousands) {
  const std::map<std::string, std::string> reasons = {
      {"'ünusual'", ""},  // letters beyond ASCII are as good as any
      {"'a' || chr(0)", "actor holds a NUL byte"},
      {"repeat('x', 1025)", "actor is longer than 1024 bytes"},
      {"''", "actor is empty"},
  };
  for (const auto& [actor, reason] : reasons) {
    const Read result =
        read(write("SELECT 1420070400 + i AS time, 'n' AS network, 'like' AS kind, CASE WHEN i = 3000 "
                   "THEN " +
                   actor +
                   " ELSE 'a' || i END AS actor, 'b' AS target FROM range(9000) r(i) "
                   "ORDER BY i"));
    EXPECT_EQ(result.error, "") << actor;
    const std::size_t bad = reason.empty() ? 0 : 1;
    ASSERT_EQ(result.rows.size(), 9000 - bad) << actor;
    EXPECT_EQ(result.rows[2999], "1420073399 n like a2999>b - - -");
    EXPECT_EQ(result.rows[3001 - bad], "1420073401 n like a3001>b - - -");
    EXPECT_EQ(result.report.records, 9000);
    EXPECT_EQ(short_names(bad_records(result.report)), reason.empty() ? "" : "x.parquet row 3001: " + reason + "\n");
  }
}

TEST_F(ReadParquet, time_in_many_forms) {
  for (const char* time :
       {"1420070400", "1420070400::BIGINT", "1420070400::UINTEGER", "1420070400::UBIGINT", "1420070400::DOUBLE",
        "1420070400.75::DECIMAL(18,2)", "'1420070400'", "'2015-01-01T00:00:00Z'", "TIMESTAMP '2015-01-01 00:00:00.999'",
        "TIMESTAMP_S '2015-01-01 00:00:00'", "TIMESTAMP_MS '2015-01-01 00:00:00'", "TIMESTAMP_NS '2015-01-01 00:00:00'",
        "TIMESTAMPTZ '2015-01-01 02:00:00+02'", "DATE '2015-01-01'"}) {
    const Read result = read(write(row(time)));
    EXPECT_EQ(result.error, "") << time;
    EXPECT_EQ(result.rows, (Rows{"1420070400 n like a>b - - -"})) << time;
  }
}

TEST_F(ReadParquet, bad_times_are_bad_records) {
  const std::string good = row("TIMESTAMP '2015-01-01'");
  const Read result =
      read(write(good + " UNION ALL " + row("NULL") + " UNION ALL " + row("TIMESTAMP 'infinity'") + " UNION ALL " +
                 row("TIMESTAMP '1969-12-31 23:59:59.9'") + " UNION ALL " + row("TIMESTAMP '20000-01-01'")));
  EXPECT_EQ(result.rows.size(), 1U);
  EXPECT_EQ(short_names(bad_records(result.report)),
            "x.parquet row 2: time is empty\nx.parquet row 3: time is empty\nx.parquet row 4: time -1 is before 1970\n"
            "x.parquet row 5: time 568971820800 is after the year 9999; if these are milliseconds, divide by 1000\n");
}

TEST_F(ReadParquet, columns_in_any_type_and_order) {
  EXPECT_EQ(
      read(
          write("SELECT ['t','u'] AS tags, 9007199254740993 AS actor, 123456789012345678901234567890::DECIMAL(38,0) AS "
                "target, 'like' AS kind, 'n' AS network, 7 AS time, 1.50::DECIMAL(4,2) AS post, 'x'::BLOB AS id"))
          .rows,
      (Rows{"7 n like 9007199254740993>123456789012345678901234567890 1.50 x t u"}));
  EXPECT_EQ(read(write(row("7", ", 't u' AS tags, NULL AS post, 'i' AS id"))).rows, (Rows{"7 n like a>b - i t u"}));
}

TEST_F(ReadParquet, unknown_columns_are_ignored_with_one_notice) {
  const Read result = read(write(row("7", ", 1 AS likes, 2 AS \"Post\"")));
  EXPECT_EQ(result.rows, (Rows{"7 n like a>b - - -"}));
  ASSERT_EQ(result.report.notices.size(), 1U);
  EXPECT_EQ(short_names(result.report.notices[0]),
            "x.parquet: columns 'likes' and 'Post' are no part of a flat log and ignored");
}

TEST_F(ReadParquet, a_missing_column_stops) {
  EXPECT_EQ(
      read(write("SELECT 7 AS time, 'n' AS network, 'a' AS actor")).error,
      "x.parquet has no column 'kind': it has 'time', 'network' and 'actor'; a flat log needs time, network, kind, "
      "actor, target");
}

TEST_F(ReadParquet, rows_keep_their_order_over_row_groups) {
  const std::string path = write(
      "SELECT i AS time, 'n' AS network, CASE WHEN i % 1000 = 999 THEN 'no' ELSE 'like' END AS kind, 'a' || i AS "
      "actor, "
      "'b' AS target FROM range(50000) r(i)",
      "x.parquet", ", ROW_GROUP_SIZE 4096");
  const Read result = read(path);
  ASSERT_EQ(result.rows.size(), 49'950U);
  EXPECT_EQ(result.rows[0], "0 n like a0>b - - -");
  EXPECT_EQ(result.rows[49'949], "49998 n like a49998>b - - -");
  EXPECT_EQ(result.report.records, 50'000U);
  EXPECT_EQ(result.report.bad, 50U);
  EXPECT_TRUE(bad_records(result.report).find("x.parquet row 1000: kind 'no' is unknown") != std::string::npos);
  EXPECT_NE(read(path, {.strict = true}).error.find("x.parquet row 1000: kind 'no' is unknown"), std::string::npos);
}

TEST_F(ReadParquet, no_rows_are_no_error_and_only_bad_rows_are) {
  const Read none = read(write(row("7") + " LIMIT 0"));
  EXPECT_EQ(none.error, "");
  EXPECT_EQ(none.report.records, 0U);
  EXPECT_EQ(
      read(write(row("-7"))).error,
      "x.parquet is not a flat Parquet log: its only record cannot be used; x.parquet row 1: time -7 is before 1970");
}

TEST_F(ReadParquet, a_damaged_file_is_one_clear_sentence) {
  const std::string path = write(
      "SELECT i AS time, 'n' AS network, 'like' AS kind, 'a' || hash(i) AS actor, 'b' AS target FROM "
      "range(50000) r(i)");
  const std::string bytes = io::testing::read_file(path);
  for (const std::size_t size : {std::size_t{4}, std::size_t{12}, bytes.size() / 2, bytes.size() - 1}) {
    write_file(path, std::string_view(bytes).substr(0, size));
    const std::string error = read(path).error;
    EXPECT_TRUE(error.starts_with("x.parquet is a damaged Parquet file, or cut off: ")) << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  }
  std::string middle = bytes;
  for (std::size_t i = 5'000; i < 6'000; ++i) middle[i] = '\xa5';
  write_file(path, middle);
  const std::string error = read(path).error;
  EXPECT_TRUE(error.starts_with("x.parquet is a damaged Parquet file, or cut off: ")) << error;
}

TEST_F(ReadParquet, what_is_no_parquet_file_is_said) {
  EXPECT_EQ(read(folder_ / "none.parquet").error, "none.parquet does not exist");
  EXPECT_TRUE(read(folder_.path()).error.ends_with(" cannot be read as Parquet: it is no plain file"));
  write_file(folder_ / "empty.parquet", "");
  EXPECT_EQ(read(folder_ / "empty.parquet").error, "empty.parquet is not a Parquet file");
  const std::string path = write(row("7"));
  write_file(folder_ / "x.parquet.gz", io::testing::gzip(io::testing::read_file(path)));
  EXPECT_EQ(read(folder_ / "x.parquet.gz").error,
            "x.parquet.gz is packed: unpack it first, Parquet has its own compression");
  EXPECT_EQ(read("-").error,
            "standard input cannot be read as Parquet, which is not read from front to back: name the file");
}

TEST_F(ReadParquet, pattern_characters_and_quotes_in_a_name_are_a_name) {
  for (const char* name : {"a*.parquet", "a[1].parquet", "what?.parquet", "it's \"x\".parquet", "network=x.parquet"}) {
    const std::string plain = write(row("7"), "plain.parquet");
    std::filesystem::copy_file(plain, folder_ / name);
    write_file(folder_ / "abc.parquet", "not what the pattern would match");
    EXPECT_EQ(read(folder_ / name).rows, (Rows{"7 n like a>b - - -"})) << name;
  }
}

TEST(LooksLikeParquet, by_its_magic) {
  EXPECT_TRUE(looks_like_parquet("PAR1\x15\x04"));
  EXPECT_FALSE(looks_like_parquet("PAR"));
  EXPECT_FALSE(looks_like_parquet("time,network,kind,actor,target\n"));
}

}  // namespace
}  // namespace renown::ingest::flat
