#include "upkeep/doctor.h"

#include <sys/stat.h>

#include "duck/connection.h"
#include "upkeep/checks.h"
#include "upkeep/testing.h"

namespace renown::upkeep {
namespace {

class Doctor : public test::UpkeepTest {
 protected:
  std::vector<Finding> examined(bool fix = false) {
    auto findings = examine({data_, key_, now_, fix});
    EXPECT_TRUE(findings) << findings.error().message;
    return *findings;
  }

  /// What was found of one check; its todo must not be empty where it is not well.
  Finding found(const std::string& check, bool fix = false) {
    for (const Finding& finding : examined(fix)) {
      if (finding.check != check) continue;
      EXPECT_EQ(finding.todo.empty(), finding.health == Health::well) << finding.found;
      return finding;
    }
    ADD_FAILURE() << "no check " << check;
    return {};
  }

  void sql(const std::string& statements) {
    auto database = duck::Database::open(data_ + "/interactions.duckdb", {.threads = 1});
    ASSERT_TRUE(database) << database.error().message;
    auto connection = duck::Connection::open(*database);
    auto done = connection->execute(statements);
    ASSERT_TRUE(done) << done.error().message;
  }

  std::int64_t now_ = test::kNow;
};

TEST_F(Doctor, FindsNothingWrongWithAGoodFolder) {
  make_folder();
  const auto findings = examined();
  for (const Finding& finding : findings) {
    EXPECT_NE(finding.health, Health::wrong) << finding.check << ": " << finding.found;
  }
  EXPECT_TRUE(is_well(findings));
  EXPECT_EQ(found("log").found, "200 interactions, version 2");
  EXPECT_EQ(found("token key").found, "it opens all 1 tokens");
  EXPECT_EQ(found("verified list").health, Health::note);
  EXPECT_EQ(found("service.sqlite").found, "2 rows, version 4");
}

TEST_F(Doctor, ChangesNothing) {
  make_folder();
  io::testing::write_file(data_ + "/interactions.duckdb.new", "half");
  const auto before = test::content_of(data_);
  examined();
  auto after = test::content_of(data_);
  std::erase_if(after, [](const auto& file) { return file.first.ends_with("-shm") || file.first.ends_with("-wal"); });
  EXPECT_EQ(after == before, true);
}

TEST_F(Doctor, NoDataFolderIsAnError) {
  EXPECT_EQ(examine({data_, key_, now_, false}).error().code, ErrorCode::not_found);
}

TEST_F(Doctor, SeesThatOthersMayLookIn) {
  make_folder();
  ::chmod(data_.c_str(), 0755);
  EXPECT_EQ(found("permissions").health, Health::wrong);
  EXPECT_EQ(found("permissions").todo, "chmod 700 " + data_);
}

TEST_F(Doctor, SaysWhoWrites) {
  make_folder();
  const auto log = log::InteractionLog::open_for_writing(data_);
  const Finding finding = found("log");
  EXPECT_EQ(finding.health, Health::note) << finding.found;
  EXPECT_TRUE(is_well(examined()));
}

TEST_F(Doctor, RemovesOnlyWhatWasLeftHalfDone) {
  make_folder();
  for (const char* name : {"interactions.duckdb.new", "interactions.duckdb.new.wal", "tombstone.key.new", "spill/a.tmp",
                           ".renown-999999-0.tmp", "tokens/.renown-999999-1.tmp", "restore.partial/people.sqlite"}) {
    io::testing::write_file(data_ + "/" + name, "half");
  }
  EXPECT_EQ(found("leftovers").health, Health::wrong);
  const auto whole = [&] {
    auto files = test::content_of(data_);
    std::erase_if(
        files, [](const auto& file) { return file.second == "half" || file.first.find("sqlite-") != file.first.npos; });
    return files;
  };
  const auto before = whole();
  EXPECT_EQ(found("leftovers", true).found, "7 were left of work that was cut short, and are removed");
  EXPECT_EQ(found("leftovers").health, Health::well);
  EXPECT_EQ(whole() == before, true);
}

TEST_F(Doctor, TouchesNoWorkOfALivingProcess) {
  make_folder();
  const auto log = log::InteractionLog::open_for_writing(data_);
  io::testing::write_file(data_ + "/interactions.duckdb.new", "an erase that runs");
  EXPECT_EQ(found("leftovers", true).health, Health::note);
  EXPECT_TRUE(std::filesystem::exists(data_ + "/interactions.duckdb.new"));
}

TEST_F(Doctor, SeesDamagedStores) {
  make_folder();
  std::string bytes = io::testing::read_file(data_ + "/service.sqlite");
  for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
  io::testing::write_file(data_ + "/service.sqlite", bytes);
  EXPECT_EQ(found("service.sqlite").health, Health::wrong);
  io::testing::write_file(data_ + "/people.sqlite", std::string(5000, 'x'));
  EXPECT_EQ(found("people.sqlite").health, Health::wrong);
  io::testing::write_file(data_ + "/interactions.duckdb", std::string(5000, 'x'));
  EXPECT_EQ(found("log").health, Health::wrong);
}

TEST_F(Doctor, SeesThatAKeyIsMissingOrAnothers) {
  make_folder();
  std::filesystem::rename(key_, key_ + ".away");
  EXPECT_EQ(found("token key").health, Health::wrong);
  EXPECT_FALSE(std::filesystem::exists(key_)) << "looking must not make a key";
  io::testing::write_file(key_, std::string(64, 'a') + "\n");
  ::chmod(key_.c_str(), 0600);
  EXPECT_EQ(found("token key").health, Health::wrong);
  std::filesystem::remove(data_ + "/tombstone.key");
  EXPECT_EQ(found("log").health, Health::wrong);
}

TEST_F(Doctor, SeesCursorsAheadOfTheLog) {
  make_folder();
  {
    auto log = log::InteractionLog::open_for_writing(data_);
    ASSERT_TRUE(log->add_source({.name = "x:a", .connector = "x", .network = "x", .account = "a", .made = 1}));
  }
  EXPECT_EQ(found("cursors").health, Health::well);
  EXPECT_EQ(found("source x:a").health, Health::note);
  sql("UPDATE sources SET rows = 500, added = 300");
  EXPECT_EQ(found("cursors").health, Health::wrong);
  sql("UPDATE sources SET rows = 10, added = 300");
  EXPECT_EQ(found("cursors").health, Health::wrong);
}

TEST_F(Doctor, SeesStaleSources) {
  make_folder();
  {
    auto log = log::InteractionLog::open_for_writing(data_);
    ASSERT_TRUE(log->add_source({.name = "x:a", .connector = "x", .network = "x", .account = "a", .made = 1}));
  }
  sql(fmt::format("UPDATE sources SET whole_time = {0}, tried_time = {0}", now_ - 3 * 86'400));
  EXPECT_EQ(found("sources").health, Health::well);
  now_ += 5 * 86'400;
  EXPECT_EQ(found("source x:a").found, "it was not read for 8 days");
  sql("UPDATE sources SET problem = 'unreachable', sentence = 'x.example does not answer'");
  EXPECT_NE(found("source x:a").found.find("x.example does not answer"), std::string::npos);
  EXPECT_FALSE(is_well(examined()));
}

TEST_F(Doctor, SeesAClockThatIsWrong) {
  make_folder();  // its import was begun at 1,700,000,000
  for (const auto& [now, health] : {std::pair{std::int64_t{0}, Health::wrong},
                                    {1'699'000'000, Health::wrong},
                                    {1'735'689'600, Health::well},
                                    {test::kNow, Health::well}}) {
    EXPECT_EQ(check_clock(now, 1'700'000'000).health, health) << now;
  }
  EXPECT_EQ(check_clock(1'750'000'000, 1'750'000'301).health, Health::wrong);
  EXPECT_EQ(check_clock(1'750'000'000, 1'750'000'300).health, Health::well);
}

TEST_F(Doctor, SaysThatScoresAreProtectedOnceSomebodyIsVerified) {
  make_folder();
  {
    auto registry = people::PeopleRegistry::open_for_writing(data_ + "/people.sqlite");
    people::Verdict verdict;
    verdict.proven = true;
    verdict.method = people::kOperatorsWord;
    verdict.reason = "known";
    ASSERT_TRUE(registry->link("Alice", {"forum", "alice"}, verdict, 1));
    ASSERT_TRUE(registry->verify("Alice", people::VerifiedBy::operator_list, 2));
  }
  EXPECT_EQ(found("verified list").found, "1 accounts of verified people");
}

TEST_F(Doctor, SaysWhatNoBackupHolds) {
  make_folder();
  io::testing::write_file(data_ + "/notes.txt", "mine");
  EXPECT_NE(found("permissions").found.find("notes.txt"), std::string::npos);
}

}  // namespace
}  // namespace renown::upkeep
