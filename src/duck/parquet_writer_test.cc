#include "duck/parquet_writer.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "duck/connection.h"

namespace renown::duck {
namespace {

namespace fs = std::filesystem;

class ParquetWriter : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("renown_parquet_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  static std::string bytes(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  std::int64_t number(const std::string& sql) {
    auto value = connection_.query_int64(sql);
    EXPECT_TRUE(value) << value.error().message;
    return value ? *value : -1;
  }

  fs::path folder_;
  Database database_ = *Database::in_memory({.external_access = true});
  Connection connection_ = *Connection::open(database_);
};

const std::vector<ColumnSpec> kColumns = {
    {"network", Type::text}, {"score", Type::float64}, {"reach", Type::int64}, {"linked", Type::boolean}};

/// Rows 0 to `count` - 1, at most `per_call` at a time.
RowSource numbered_rows(std::uint64_t count, std::size_t per_call = SIZE_MAX) {
  return [=, next = std::uint64_t{0}](RowBuffer& rows) mutable -> Result<bool> {
    for (std::size_t added = 0; next < count && !rows.full() && added < per_call; ++next, ++added) {
      rows.add_row();
      rows.set_text(0, "network " + std::to_string(next % 10) + " of some");
      if (next % 4 == 0) {
        rows.set_null(1);
      } else {
        rows.set_float64(1, static_cast<double>(next) / 8);
      }
      rows.set_int64(2, static_cast<std::int64_t>(next));
      rows.set_boolean(3, next % 2 == 1);
    }
    return next < count;
  };
}

/// io::FileWriter makes the file before: its size is watched, and nothing else may be left behind by a kill.
TEST_F(ParquetWriter, WritesIntoTheFileThatIsThere) {
  const auto file = path("begun.parquet");
  std::ofstream(file) << "what was there";
  std::uintmax_t most = 0;
  std::size_t files = 0;
  auto rows = numbered_rows(500'000);
  auto written = write_parquet(
      kColumns,
      [&](RowBuffer& buffer) {
        most = std::max(most, fs::file_size(file));
        files = std::max<std::size_t>(files, std::distance(fs::directory_iterator(folder_), {}));
        return rows(buffer);
      },
      file);
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_GT(most, 1'000U);
  EXPECT_EQ(files, 1U);
  EXPECT_EQ(number("SELECT count(*) FROM read_parquet('" + file + "')"), 500'000);
}

TEST_F(ParquetWriter, WritesWhatReadsBack) {
  const auto file = path("scores.parquet");
  auto written = write_parquet(kColumns, numbered_rows(300'000), file);
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_EQ(*written, 300'000U);
  const std::string from = " FROM read_parquet('" + file + "')";
  EXPECT_EQ(number("SELECT count(*)" + from), 300'000);
  EXPECT_EQ(number("SELECT count(*)" + from + " WHERE score IS NULL AND reach % 4 = 0"), 75'000);
  EXPECT_EQ(number("SELECT count(*)" + from +
                   " WHERE score = reach / 8 AND linked = (reach % 2 = 1)"
                   " AND network = 'network ' || (reach % 10) || ' of some'"),
            225'000);
  // in the order they were given
  EXPECT_EQ(
      number("SELECT count(*) FROM (SELECT reach, row_number() OVER () - 1 AS place" + from + ") WHERE reach <> place"),
      0);
}

TEST_F(ParquetWriter, TheSameRowsAreTheSameBytes) {
  ASSERT_TRUE(write_parquet(kColumns, numbered_rows(300'000), path("a.parquet")));
  ASSERT_TRUE(write_parquet(kColumns, numbered_rows(300'000, 777), path("b.parquet")));
  EXPECT_TRUE(bytes(path("a.parquet")) == bytes(path("b.parquet")));
}

TEST_F(ParquetWriter, WritesNoRows) {
  auto written = write_parquet(kColumns, numbered_rows(0), path("none.parquet"));
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_EQ(*written, 0U);
  EXPECT_EQ(number("SELECT count(*) FROM read_parquet('" + path("none.parquet") + "')"), 0);
}

TEST_F(ParquetWriter, QuotesThePath) {
  const std::string name = "it's; \"odd\".parquet";
  ASSERT_TRUE(write_parquet(kColumns, numbered_rows(1), path(name)));
  EXPECT_TRUE(fs::exists(path(name)));
}

TEST_F(ParquetWriter, PassesOnTheSourcesError) {
  auto written = write_parquet(
      kColumns, [](RowBuffer&) -> Result<bool> { return Error{ErrorCode::cancelled, "stopped by the user"}; },
      path("x.parquet"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::cancelled);
  EXPECT_EQ(written.error().message, "stopped by the user");
}

TEST_F(ParquetWriter, RefusesWhatIsNotUtf8) {
  auto written = write_parquet(
      kColumns,
      [](RowBuffer& rows) -> Result<bool> {
        rows.add_row();
        rows.set_text(0, "\xFF");
        return false;
      },
      path("x.parquet"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::bad_input);
}

TEST_F(ParquetWriter, SaysWhereItCannotWrite) {
  auto written = write_parquet(kColumns, numbered_rows(1), path("missing/x.parquet"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::io);
  EXPECT_NE(written.error().message.find("missing/x.parquet"), std::string::npos) << written.error().message;
}

TEST_F(ParquetWriter, WritesAMillionRowsOfTwentyColumnsQuickly) {
  std::vector<ColumnSpec> columns;
  for (int i = 0; i < 20; ++i) columns.push_back({"c" + std::to_string(i), i < 6 ? Type::text : Type::float64});
  std::uint64_t next = 0;
  const RowSource source = [&](RowBuffer& rows) -> Result<bool> {
    for (; next < 1'000'000 && !rows.full(); ++next) {
      rows.add_row();
      for (std::size_t i = 0; i < 6; ++i) rows.set_text(i, "some account " + std::to_string(next / (i * i + 1)));
      for (std::size_t i = 6; i < 20; ++i) rows.set_float64(i, static_cast<double>(next % (i * 1000)) / 7);
    }
    return next < 1'000'000;
  };
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(write_parquet(columns, source, path("large.parquet")));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  RecordProperty("seconds", std::to_string(seconds.count()));
  EXPECT_LT(seconds.count(), 60) << "loose on purpose: machines and sanitizers differ";
}

}  // namespace
}  // namespace renown::duck
