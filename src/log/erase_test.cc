#include "log/erase.h"

#include <random>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "log/test_vocabulary.h"
#include "log/tombstones.h"

namespace renown::log {
namespace {

using test::as_set;
using test::contents;
using test::Row;
using test::Rows;
using test::test_key;

std::string pseudonym(std::string_view text) {
  return test_key().pseudonym(text);
}

// An account whose bytes stand nowhere by chance.
constexpr const char* kAlice = "zq-alice-qz";

Rows town() {
  const std::string alice = kAlice;
  return {
      {10, Kind::like, "x", alice, "bob", "bob/1", "i1", ""},
      {11, Kind::like, "x", "bob", alice, alice + "/1", "i2", ""},
      {12, Kind::reply, "x", "carol", "bob", "https://x.example/" + alice + "/1", "i3", "music about-" + alice},
      {13, Kind::undo, "x", "carol", "", "", "undo:" + alice, ""},
      {14, Kind::like, "x", "carol", "bob", "bob/1", "i4", "music"},
      {15, Kind::like, "y", alice, "bob", "bob/1", "i5", "on another network"},
  };
}

Rows town_without_alice() {
  const std::string alice = kAlice;
  return as_set({
      {12, Kind::reply, "x", "carol", "bob", pseudonym("https://x.example/" + alice + "/1"), "i3",
       "music " + pseudonym("about-" + alice)},
      {13, Kind::undo, "x", "carol", "", "", pseudonym("undo:" + alice), ""},
      {14, Kind::like, "x", "carol", "bob", "bob/1", "i4", "music"},
      {15, Kind::like, "y", alice, "bob", "bob/1", "i5", "on another network"},
  });
}

class Erase : public test::LogTest {};

TEST_F(Erase, RemovesTheRowsAndCleansTheOthers) {
  auto log = create();
  import(log, town());
  auto counts = log.erase("x", kAlice);
  ASSERT_TRUE(counts) << counts.error().message;
  EXPECT_EQ(counts->rows_removed, 2U);
  EXPECT_EQ(counts->rows_cleaned, 2U);
  EXPECT_EQ(contents(log), town_without_alice());
}

TEST_F(Erase, LeavesNoByteInAnyFile) {
  Rows rows = town();
  rows.pop_back();  // the account of the same name on another network stays
  {
    auto log = create();
    import(log, rows, {}, std::string("archive of ") + kAlice + ".csv");
    EXPECT_FALSE(test::files_with(folder_, kAlice).empty()) << "this test would not see a thing";
    ASSERT_TRUE(log.erase("x", kAlice));
    EXPECT_TRUE(test::files_with(folder_, kAlice).empty()) << test::files_with(folder_, kAlice).front();
    EXPECT_EQ(log.imports()->front().name, pseudonym(std::string("archive of ") + kAlice + ".csv"));
  }
  EXPECT_TRUE(test::files_with(folder_, kAlice).empty());
  auto log = reopen();
  EXPECT_EQ(*log.size(), 3U);
  EXPECT_TRUE(test::files_with(folder_, kAlice).empty());
}

// Rows that were never committed may lie in blocks of the file that are free again.
TEST_F(Erase, LeavesNoByteOfWhatWasNeverCommitted) {
  auto log = create();
  import(log, {{1, Kind::like, "x", "bob", "carol", "", "", ""}});
  {
    auto import = log.begin_import({.name = "given up"});
    model::InteractionBlock block;
    for (const Row& row : town()) block.push(row.view());
    ASSERT_TRUE(import->add(block));
  }
  EXPECT_EQ(log.erase("x", kAlice)->rows_removed, 0U);
  EXPECT_TRUE(test::files_with(folder_, kAlice).empty());
}

TEST_F(Erase, WhatIsImportedLaterIsCleanedTheSameWay) {
  {
    auto log = create();
    import(log, town());
    ASSERT_TRUE(log.erase("x", kAlice));
  }
  auto log = reopen();
  const auto counts = import(log, town(), {}, std::string(kAlice) + ".csv");
  EXPECT_EQ(counts.rows, 6U);
  EXPECT_EQ(counts.added, 0U);
  EXPECT_EQ(counts.erased, 2U);
  EXPECT_EQ(counts.cleaned, 2U);
  EXPECT_EQ(counts.duplicates, 4U);
  EXPECT_EQ(contents(log), town_without_alice());
  EXPECT_EQ(log.imports()->back().name, pseudonym(std::string(kAlice) + ".csv"));
}

TEST_F(Erase, ErasingBeforeIsErasingAfter) {
  auto log = create();
  EXPECT_EQ(log.erase("x", kAlice)->rows_removed, 0U);
  import(log, town());
  EXPECT_EQ(contents(log), town_without_alice());
}

TEST_F(Erase, TwiceIsOnce) {
  auto log = create();
  import(log, town());
  ASSERT_TRUE(log.erase("x", kAlice));
  const auto again = log.erase("x", kAlice);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->rows_removed, 0U);
  EXPECT_EQ(again->rows_cleaned, 0U);
  EXPECT_EQ(contents(log), town_without_alice());
}

TEST_F(Erase, KeepsEarlierTombstones) {
  auto log = create();
  ASSERT_TRUE(log.erase("x", "bob"));
  ASSERT_TRUE(log.erase("x", kAlice));
  import(log, town());
  const auto rows = contents(log);
  EXPECT_EQ(rows.size(), 2U);  // carol's undo, and what happened on y
}

// A backup from before an erase is put back and meets an export from after it: both say the same, so it is once.
TEST_F(Erase, CleanedRowsThatAreThereAlreadyStayOnce) {
  auto log = create();
  import(log, town());
  import(log, town_without_alice());
  ASSERT_TRUE(log.erase("x", kAlice));
  EXPECT_EQ(contents(log), town_without_alice());
}

TEST_F(Erase, KeepsTheListOfImports) {
  auto log = create();
  import(log, town(), {}, "town.csv");
  ASSERT_TRUE(log.erase("x", kAlice));
  const auto imports = *log.imports();
  ASSERT_EQ(imports.size(), 1U);
  EXPECT_EQ(imports[0].name, "town.csv");
  EXPECT_EQ(imports[0].rows, 6U);
  EXPECT_TRUE(imports[0].complete);
  EXPECT_EQ(imports[0].time, 1'700'000'000);
}

TEST_F(Erase, WaitsForReaders) {
  auto log = create();
  import(log, town());
  auto reader = *log.read();
  auto refused = log.erase("x", kAlice);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "an erase must wait for imports and readers to end");
  reader.reset();
  EXPECT_TRUE(log.erase("x", kAlice));
}

TEST_F(Erase, NeedsAnAccount) {
  auto log = create();
  EXPECT_EQ(log.erase("", "a").error().code, ErrorCode::bad_input);
  EXPECT_EQ(log.erase("x", "").error().code, ErrorCode::bad_input);
  EXPECT_EQ(log.erase("x", "caf\xE9").error().code, ErrorCode::bad_input);
}

TEST_F(Erase, TakesAnAccountWithAnyLetters) {
  const std::string odd = "o'brien; DROP TABLE interactions --\n\"É%_";
  auto log = create();
  import(log, {{1, Kind::like, "n'et", odd, "b", "", "", ""},
               {2, Kind::like, "n'et", "c", "b", "see " + odd + "!", "", ""}});
  const auto counts = log.erase("n'et", odd);
  ASSERT_TRUE(counts) << counts.error().message;
  EXPECT_EQ(counts->rows_removed, 1U);
  EXPECT_EQ(counts->rows_cleaned, 1U);
}

// More rows than one batch of the reader, so that nothing hangs on a chunk's end.
TEST_F(Erase, TakesManyRows) {
  Rows rows, stay;
  for (std::int64_t i = 0; i < 150'000; ++i) {
    Row row = {i,     Kind::like,
               "x",   i % 10 == 0 ? "alice" : fmt::format("u{}", i),
               "bob", i % 3 == 0 ? fmt::format("alice/{}", i) : fmt::format("p{}", i),
               "",    ""};
    rows.push_back(row);
    if (i % 10 == 0) continue;
    if (i % 3 == 0) row.post = pseudonym(row.post);
    stay.push_back(row);
  }
  auto log = create();
  import(log, rows);
  const auto counts = log.erase("x", "alice");
  ASSERT_TRUE(counts) << counts.error().message;
  EXPECT_EQ(counts->rows_removed, 15'000U);
  EXPECT_EQ(counts->rows_cleaned, 45'000U);
  EXPECT_EQ(contents(log), as_set(stay));
}

// Killed between writing the new file and renaming it: the log is as it was, and the leftover goes.
TEST_F(Erase, ALeftoverOfAKilledEraseIsRemoved) {
  {
    auto log = create();
    import(log, town());
  }
  std::ofstream(folder_ + "/interactions.duckdb.new") << "half a file";
  std::ofstream(folder_ + "/interactions.duckdb.new.wal") << "half a file";
  std::filesystem::create_directories(folder_ + "/spill");
  std::ofstream(folder_ + "/spill/duckdb_temp_storage_0.tmp") << kAlice;
  {
    auto log = open_to_read();
    EXPECT_EQ(contents(log), as_set(town()));
  }
  auto log = reopen();
  EXPECT_EQ(contents(log), as_set(town()));
  for (const char* leftover : {"/interactions.duckdb.new", "/interactions.duckdb.new.wal", "/spill"}) {
    EXPECT_FALSE(std::filesystem::exists(folder_ + leftover)) << leftover;
  }
}

rc::Gen<Row> any_row() {
  const auto name = rc::gen::element<std::string>("alice", "Alice", "bob", "ali", "");
  const auto text =
      rc::gen::element<std::string>("alice", "at/ALICE/1", "malice", "bob", "ali-ce", "ali", "", "bob alice x");
  return rc::gen::build<Row>(rc::gen::set(&Row::time, rc::gen::inRange<std::int64_t>(0, 4)),
                             rc::gen::set(&Row::network, rc::gen::element<std::string>("x", "y")),
                             rc::gen::set(&Row::actor, name), rc::gen::set(&Row::target, name),
                             rc::gen::set(&Row::post, text), rc::gen::set(&Row::id, text),
                             rc::gen::set(&Row::tags, text));
}

/// What must be left, told row by row.
Rows without(const Rows& rows, const std::vector<std::pair<std::string, std::string>>& accounts) {
  Tombstones tombstones(test_key());
  for (const auto& [network, account] : accounts) tombstones.add(tombstones.make(network, account));
  Rows left;
  std::vector<std::string> room;
  for (const Row& row : rows) {
    Interaction view = row.view();
    if (tombstones.erased(view)) continue;
    tombstones.clean(view, room);
    left.push_back(Row::of(view));
  }
  return as_set(left);
}

TEST(EraseProperty, TheAccountsNeverExisted) {
  const test::Scratch scratch("erase_property");
  int folder = 0;
  rc::check([&] {
    const auto before = *rc::gen::container<Rows>(any_row());
    const auto after = *rc::gen::container<Rows>(any_row());
    auto accounts =
        *rc::gen::element(std::vector<std::pair<std::string, std::string>>{{"x", "alice"}},
                          std::vector<std::pair<std::string, std::string>>{{"x", "alice"}, {"x", "bob"}},
                          std::vector<std::pair<std::string, std::string>>{{"y", "ali"}, {"x", "Alice"}, {"x", "ali"}});
    std::ranges::shuffle(accounts, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
    const auto folder_name = scratch / std::to_string(++folder);
    auto log = InteractionLog::create(folder_name, test_key(), {.threads = 1});
    RC_ASSERT(test::import_rows(*log, before));
    for (const auto& [network, account] : accounts) RC_ASSERT(log->erase(network, account));
    RC_ASSERT(contents(*log) == without(before, accounts));
    RC_ASSERT(test::import_rows(*log, before)->added == 0U);
    RC_ASSERT(test::import_rows(*log, after));
    Rows all = before;
    all.insert(all.end(), after.begin(), after.end());
    RC_ASSERT(contents(*log) == without(all, accounts));
  });
}

}  // namespace
}  // namespace renown::log
