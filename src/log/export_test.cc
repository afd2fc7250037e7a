#include "log/export.h"

#include <filesystem>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "duck/connection.h"
#include "duck/sql.h"
#include "log/export_folder.h"
#include "log/test_vocabulary.h"

namespace renown::log {
namespace {

namespace fs = std::filesystem;
using test::Rows;

constexpr std::int64_t kDay = 86'400;

class Export : public test::LogTest {
 protected:
  ExportCounts export_to(const InteractionLog& log, const std::string& out) {
    auto counts = log.export_to(out);
    EXPECT_TRUE(counts) << counts.error().message;
    return counts ? *counts : ExportCounts();
  }

  /// All rows of the files, read with DuckDB, sorted.
  Rows read_back(const std::string& out) {
    auto database = duck::Database::in_memory({.external_access = true});
    auto connection = duck::Connection::open(*database);
    auto rows = connection->query("SELECT time, kind, network, actor, target, post, id, tags FROM read_parquet(" +
                                  duck::text_literal(out + "/*/*/*.parquet") + ", hive_partitioning = false)");
    EXPECT_TRUE(rows) << rows.error().message;
    Rows all;
    for (auto more = rows->next(); *more; more = rows->next()) {
      for (std::size_t i = 0; i < rows->size(); ++i) {
        const auto text = [&](std::size_t column) { return std::string(rows->column(column).text(i)); };
        all.push_back(
            {rows->column(0).int64(i), *parse_kind(text(1)), text(2), text(3), text(4), text(5), text(6), text(7)});
      }
    }
    return test::sorted(all);
  }

  static std::map<std::string, std::string> files(const std::string& out) {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(out)) {
      if (entry.is_regular_file()) all[fs::relative(entry.path(), out).string()] = test::bytes_of(entry.path());
    }
    return all;
  }

  std::string out_ = scratch_ / "out";
};

const Rows kTown = {
    {kDay, Kind::like, "github", "a", "b", "p", "i1", "t u"},
    {2 * kDay - 1, Kind::reply, "github", "a", "b", "p", "i2", ""},
    {2 * kDay, Kind::reply, "github", "a", "b", "", "", ""},
    {2 * kDay, Kind::undo, "mastodon", "a", "", "", "i2", ""},
    {0, Kind::post, "mastodon", "a", "", "", "", ""},
};

TEST_F(Export, IsPartitionedByDayAndNetwork) {
  auto log = create();
  import(log, kTown);
  const auto counts = export_to(log, out_);
  EXPECT_EQ(counts.rows, 5U);
  EXPECT_EQ(counts.files, 4U);
  std::vector<std::string> names;
  for (const auto& [name, bytes] : files(out_)) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{
                       "_renown_export.json",
                       "day=1970-01-01/network=mastodon/interactions.parquet",
                       "day=1970-01-02/network=github/interactions.parquet",
                       "day=1970-01-03/network=github/interactions.parquet",
                       "day=1970-01-03/network=mastodon/interactions.parquet",
                   }));
  EXPECT_EQ(read_back(out_), test::sorted(kTown));
  EXPECT_EQ(test::bytes_of(out_ + "/_renown_export.json"),
            "{\"format\":\"renown export\",\"version\":1,\"rows\":5,\"files\":4}\n");
}

TEST_F(Export, FilesHoldTheEightColumnsOfTheFlatLog) {
  auto log = create();
  import(log, kTown);
  export_to(log, out_);
  auto database = duck::Database::in_memory({.external_access = true});
  auto connection = duck::Connection::open(*database);
  auto columns =
      connection->query("SELECT string_agg(column_name || ' ' || column_type, ', ') FROM (DESCRIBE FROM read_parquet(" +
                        duck::text_literal(out_ + "/day=1970-01-02/network=github/interactions.parquet") +
                        ", hive_partitioning = false))");
  ASSERT_TRUE(columns) << columns.error().message;
  ASSERT_TRUE(*columns->next());
  EXPECT_EQ(columns->column(0).text(0),
            "time BIGINT, network VARCHAR, kind VARCHAR, actor VARCHAR, target VARCHAR, post VARCHAR, id VARCHAR, tags "
            "VARCHAR");
}

TEST_F(Export, WritesAnEmptyLog) {
  auto log = create();
  EXPECT_EQ(export_to(log, out_).files, 0U);
  EXPECT_EQ(files(out_).size(), 1U);
}

TEST_F(Export, WorksOnALogThatIsOnlyRead) {
  {
    auto log = create();
    import(log, kTown);
  }
  export_to(open_to_read(), out_);
  EXPECT_EQ(read_back(out_), test::sorted(kTown));
}

TEST_F(Export, GivesTheSameBytesHoweverTheRowsCameIn) {
  // Several row groups in one file, and ties in every column but the last.
  Rows rows;
  for (std::int64_t i = 0; i < 300'000; ++i) {
    rows.push_back({kDay + i / 10, Kind::like, "x", fmt::format("a{}", i % 3), "b", "p", "i", fmt::format("t{}", i)});
  }
  {
    auto log = create();
    import(log, rows);
    export_to(log, out_);
  }
  std::ranges::reverse(rows);
  folder_ = scratch_ / "other";
  auto log = create();
  import(log, rows, {.batch_rows = 40'000});
  export_to(log, scratch_ / "out2");
  EXPECT_TRUE(files(out_) == files(scratch_ / "out2"));
  EXPECT_EQ(read_back(out_), test::sorted(rows));
}

TEST_F(Export, ReplacesAnEarlierExport) {
  auto log = create();
  import(log, {kTown[0]});
  export_to(log, out_);
  import(log, kTown);
  export_to(log, out_ + "/");  // a slash at the end is nothing
  EXPECT_EQ(read_back(out_), test::sorted(kTown));
  EXPECT_FALSE(fs::exists(out_ + ".partial"));
}

TEST_F(Export, TakesAnEmptyFolder) {
  fs::create_directories(out_);
  auto log = create();
  import(log, kTown);
  export_to(log, out_);
  EXPECT_EQ(read_back(out_), test::sorted(kTown));
}

TEST_F(Export, RefusesWhatIsNotItsOwn) {
  auto log = create();
  const auto refusal = [&] {
    auto exported = log.export_to(out_);
    EXPECT_FALSE(exported);
    return exported ? Error() : exported.error();
  };
  std::ofstream(out_) << "a file";
  EXPECT_EQ(refusal().code, ErrorCode::bad_input);
  EXPECT_EQ(refusal().message, out_ + " is not a folder: name another folder for the export");
  fs::remove(out_);
  fs::create_directories(out_);
  std::ofstream(out_ + "/thesis.txt") << "years of work";
  EXPECT_EQ(refusal().message, out_ + " is not empty and not an earlier export: name a new folder for the export");
  // An earlier export to which somebody added a file of their own.
  fs::remove(out_ + "/thesis.txt");
  export_to(log, out_);
  std::ofstream(out_ + "/thesis.txt") << "years of work";
  EXPECT_EQ(refusal().code, ErrorCode::bad_input);
  EXPECT_TRUE(fs::exists(out_ + "/thesis.txt"));
}

TEST_F(Export, RemovesWhatAKilledExportLeft) {
  fs::create_directories(out_ + ".partial/day=1999-01-01");
  std::ofstream(out_ + ".partial/day=1999-01-01/half.parquet") << "half";
  auto log = create();
  import(log, kTown);
  export_to(log, out_);
  EXPECT_FALSE(fs::exists(out_ + ".partial"));
  EXPECT_EQ(files(out_).size(), 5U);
}

TEST_F(Export, OneAtATimeIntoAPlace) {
  auto first = ExportFolder::create(out_);
  ASSERT_TRUE(first) << first.error().message;
  auto second = ExportFolder::create(out_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::busy);
  EXPECT_EQ(second.error().message,
            "another process is exporting into " + out_ + ".partial: try again when it has finished");
  EXPECT_TRUE(fs::exists(first->partial()));
  ASSERT_TRUE(first->commit(0, 0));
  EXPECT_TRUE(fs::exists(out_ + "/_renown_export.json"));
}

TEST_F(Export, NetworksCannotLeaveTheFolder) {
  Rows rows;
  for (const char* network : {"..", ".", "../../etc", "a/b", "a b", "a=b%", "ünï", "it's", "example.org"}) {
    rows.push_back({kDay, Kind::like, network, "a", "b", "", "", ""});
  }
  auto log = create();
  import(log, rows);
  EXPECT_EQ(export_to(log, out_).files, rows.size());
  EXPECT_EQ(read_back(out_), test::sorted(rows));
  const auto all = files(out_);
  for (const char* folder :
       {"%2E.", "%2E", "%2E.%2F..%2Fetc", "a%2Fb", "a%20b", "a%3Db%25", "%C3%BCn%C3%AF", "it%27s", "example.org"}) {
    EXPECT_TRUE(all.contains(fmt::format("day=1970-01-02/network={}/interactions.parquet", folder))) << folder;
  }
}

}  // namespace
}  // namespace renown::log
