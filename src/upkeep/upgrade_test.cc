// Data folders of older versions: they are backed up, restored, opened and brought up to date, and nothing of them is
// lost.
#include "duck/connection.h"
#include "log/schema.h"
#include "store/schema.h"
#include "upkeep/doctor.h"
#include "upkeep/testing.h"

namespace renown::upkeep {
namespace {

class Upgrades : public test::UpkeepTest {
 protected:
  /// The folder as the program before `sources` left it.
  void make_version_1() {
    make_folder();
    auto database = duck::Database::open(data_ + "/interactions.duckdb", {.threads = 1});
    ASSERT_TRUE(database) << database.error().message;
    auto connection = duck::Connection::open(*database);
    auto aged = connection->execute(
        "DROP TABLE sources; UPDATE meta SET value = '1' WHERE name = 'schema_version'; CHECKPOINT");
    ASSERT_TRUE(aged) << aged.error().message;
  }
};

TEST_F(Upgrades, ALogOfVersion1IsBackedUpAsItIs) {
  make_version_1();
  const auto report = back_up();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->manifest.members[0].schema_version, 1);
  ASSERT_TRUE(restore(again_, Depth::whole));
  auto reading = log::InteractionLog::open_for_reading(again_);
  ASSERT_TRUE(reading);
  EXPECT_EQ(*reading->schema_version(), 1) << "reading changes nothing";
}

TEST_F(Upgrades, ALogOfVersion1IsRaisedWhenItIsWrittenAndLosesNothing) {
  make_version_1();
  ASSERT_TRUE(back_up());
  ASSERT_TRUE(restore(again_));
  auto log = log::InteractionLog::open_for_writing(again_);
  ASSERT_TRUE(log) << log.error().message;
  EXPECT_EQ(*log->schema_version(), log::kSchemaVersion);
  EXPECT_EQ(log::test::contents(*log), log::test::sorted(town(200)));
  EXPECT_EQ(log->imports()->size(), 1U);
  EXPECT_TRUE(log->add_source({.name = "x:a", .connector = "x", .network = "x", .account = "a"}));
}

TEST_F(Upgrades, TheDoctorTakesAnOlderLogForNoIllness) {
  make_version_1();
  const auto findings = examine({data_, key_, test::kNow, false});
  ASSERT_TRUE(findings);
  for (const Finding& finding : *findings) {
    EXPECT_NE(finding.health, Health::wrong) << finding.check << ": " << finding.found;
    EXPECT_EQ(finding.check == "log" && finding.health == Health::well, false) << finding.found;
  }
}

// What a store of published scores goes through when a later program adds to it.
TEST_F(Upgrades, AStoreOfAnOlderVersionKeepsItsSeries) {
  constexpr const char* kSteps[] = {
      "CREATE TABLE points(person INTEGER NOT NULL, day INTEGER NOT NULL, score REAL NOT NULL)",
      "ALTER TABLE points ADD COLUMN model TEXT NOT NULL DEFAULT 'renown-0.1'"};
  const store::Schema old_schema = {.what = "the store", .application_id = 5, .steps = std::span(kSteps).first(1)};
  const store::Schema new_schema = {.what = "the store", .application_id = 5, .steps = kSteps};
  make_folder();
  std::filesystem::remove(data_ + "/service.sqlite");
  {
    auto store = store::Database::open_for_writing(data_ + "/service.sqlite");
    ASSERT_TRUE(store::migrate(*store, old_schema));
    for (std::int64_t day = 0; day < 1'000; ++day) {
      ASSERT_TRUE(store->execute("INSERT INTO points VALUES (?, ?, ?)", {day % 7, day, 1.0 + 0.1 * double(day % 990)}));
    }
  }
  ASSERT_TRUE(back_up());
  ASSERT_TRUE(restore(again_));
  const auto series = [](store::Database& store) {
    std::string all;
    auto rows = store.query("SELECT person, day, score FROM points ORDER BY day");
    while (rows && *rows->next()) all += fmt::format("{} {} {}\n", rows->integer(0), rows->integer(1), rows->real(2));
    return all;
  };
  auto before = store::Database::open_for_reading(data_ + "/service.sqlite");
  auto after = store::Database::open_for_writing(again_ + "/service.sqlite");
  ASSERT_TRUE(store::migrate(*after, new_schema));
  EXPECT_EQ(*after->query_integer("PRAGMA user_version"), 2);
  EXPECT_EQ(series(*after), series(*before));
  EXPECT_EQ(*after->query_integer("SELECT count(*) FROM points WHERE model = 'renown-0.1'"), 1'000);
}

TEST_F(Upgrades, ALogOfANewerVersionIsRefusedInWords) {
  make_folder();
  {
    auto database = duck::Database::open(data_ + "/interactions.duckdb", {.threads = 1});
    auto connection = duck::Connection::open(*database);
    ASSERT_TRUE(connection->execute("UPDATE meta SET value = '99' WHERE name = 'schema_version'; CHECKPOINT"));
  }
  const auto report = back_up();
  ASSERT_FALSE(report);
  EXPECT_NE(report.error().message.find("update Renown"), std::string::npos) << report.error().message;
}

}  // namespace
}  // namespace renown::upkeep
