#include "log/source_writer.h"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "duck/connection.h"
#include "log/test_vocabulary.h"

namespace renown::log {
namespace {

using test::as_set;
using test::contents;
using test::Row;
using test::Rows;

constexpr const char* kAlice = "zq-alice-qz";

class Sources : public test::LogTest {
 protected:
  static Source source(const std::string& name = "x:ada", const std::string& account = "ada") {
    return {.name = name, .connector = "x", .network = "x", .account = account, .settings = "{}", .made = 1000};
  }

  static InteractionLog with_source(InteractionLog log, const Source& source) {
    const auto added = log.add_source(source);
    EXPECT_TRUE(added) << added.error().message;
    return log;
  }

  static SourceCounts give(InteractionLog& log, const Rows& dated, const Rows& undated, const SourceState& state,
                           const std::string& name = "x:ada") {
    auto writer = log.begin_source(name);
    EXPECT_TRUE(writer) << writer.error().message;
    model::InteractionBlock block;
    for (const Row& row : dated) block.push(row.view());
    writer->add_dated(block);
    block.clear();
    for (const Row& row : undated) block.push(row.view());
    writer->add_undated(block);
    auto counts = writer->commit(state);
    EXPECT_TRUE(counts) << counts.error().message;
    return counts.value_or(SourceCounts());
  }

  void run_sql(const std::string& sql) {
    auto database = duck::Database::open(folder_ + "/interactions.duckdb", {});
    auto connection = duck::Connection::open(*database);
    const auto done = connection->execute(sql);
    ASSERT_TRUE(done) << done.error().message;
  }
};

Row like(std::int64_t time, const std::string& actor, const std::string& post = "p") {
  return {time, Kind::like, "x", actor, "ada", post, "", ""};
}

TEST_F(Sources, AreNoneAtFirst) {
  EXPECT_TRUE(create().sources()->empty());
}

TEST_F(Sources, AreKeptWithTheirState) {
  Source wanted = source();
  wanted.server = "https://x.example";
  wanted.settings = R"({"a":"b"})";
  with_source(create(), wanted);
  auto log = open_to_read();
  const auto all = *log.sources();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].name, "x:ada");
  EXPECT_EQ(all[0].server, "https://x.example");
  EXPECT_EQ(all[0].settings, R"({"a":"b"})");
  EXPECT_EQ(all[0].made, 1000);
  EXPECT_EQ(all[0].state, SourceState{}) << "nothing is known of a reading that never was";
}

TEST_F(Sources, ACommitHoldsRowsAndState) {
  auto log = with_source(create(), source());
  const SourceState state{.cursor = "c1",
                          .whole = "c0",
                          .whole_time = 0,
                          .tried_time = 2000,
                          .problem = "try_later",
                          .sentence = "not now",
                          .retry_at = 3000,
                          .subject = "ada@x",
                          .skipped = 2};
  const auto counts = give(log, {like(10, "bob"), like(10, "bob"), like(11, "cid")}, {}, state);
  EXPECT_EQ(counts.rows, 3U);
  EXPECT_EQ(counts.added, 2U);
  EXPECT_EQ(counts.duplicates, 1U);
  EXPECT_EQ(contents(log).size(), 2U);
  EXPECT_EQ(log.sources()->front().state, state);
  EXPECT_EQ(log.sources()->front().rows, 3U);
  EXPECT_EQ(log.sources()->front().added, 2U);
  EXPECT_EQ(give(log, {like(10, "bob")}, {}, state).added, 0U) << "the same piece again adds nothing";
}

TEST_F(Sources, WhatIsNotCommittedIsNotThere) {
  auto log = with_source(create(), source());
  {
    auto writer = *log.begin_source("x:ada");
    model::InteractionBlock block;
    block.push(like(1, "bob").view());
    writer.add_dated(block);
    EXPECT_EQ(writer.pending(), 1U);
  }
  EXPECT_TRUE(contents(log).empty());
}

TEST_F(Sources, AnUndatedRowCountsOnlyWhereNoneIsEqualButForItsTime) {
  auto log = with_source(create(), source());
  import(log, {like(500, "old")});
  const Rows undated = {like(100, "old"), like(100, "new"), like(90, "new"), like(100, "both"), like(100, "new", "q")};
  const auto counts = give(log, {like(700, "both")}, undated, {.cursor = "1"});
  EXPECT_EQ(contents(log), as_set({like(500, "old"), like(700, "both"), like(90, "new"), like(100, "new", "q")}));
  EXPECT_EQ(counts.rows, 6U);
  EXPECT_EQ(counts.added, 3U);
  EXPECT_EQ(counts.duplicates, 3U);
  EXPECT_EQ(give(log, {}, {like(800, "new"), like(800, "late")}, {.cursor = "2"}).added, 1U);
  EXPECT_EQ(contents(log).size(), 5U);
}

TEST_F(Sources, AnUndatedRowDiffersIfAnyOtherColumnDiffers) {
  auto log = with_source(create(), source());
  const Row first = {100, Kind::like, "x", "a", "b", "p", "i", "t"};
  Rows rows = {first};
  rows.push_back(first);
  rows.back().kind = Kind::star;
  for (auto text : {&Row::network, &Row::actor, &Row::target, &Row::post, &Row::id, &Row::tags}) {
    rows.push_back(first);
    rows.back().*text = "other";
  }
  EXPECT_EQ(give(log, {}, rows, {}).added, rows.size());
}

TEST_F(Sources, TakesManyRows) {
  auto log = with_source(create(), source());
  Rows dated, undated;
  for (int i = 0; i < 30'000; ++i) {
    dated.push_back(like(1'000 + i, fmt::format("d{}", i)));
    undated.push_back(like(1'000 + i, fmt::format("u{}", i % 20'000)));
  }
  EXPECT_EQ(give(log, dated, undated, {}).added, 50'000U);
  EXPECT_EQ(give(log, dated, undated, {}).added, 0U);
}

// The tally goes by the list of imports, which therefore accounts for every row.
TEST_F(Sources, StandInTheListOfImportsAsOneLineBetweenImports) {
  auto log = with_source(create(), source());
  import(log, {like(1, "a")}, {}, "file.csv");
  give(log, {like(2, "b")}, {}, {.tried_time = 77});
  give(log, {like(3, "c"), like(2, "b")}, {like(4, "d")}, {.tried_time = 88});
  give(log, {}, {}, {.tried_time = 99});
  import(log, {like(5, "e")}, {}, "renown sync");
  give(log, {like(6, "f")}, {}, {.tried_time = 111});
  const auto imports = *log.imports();
  ASSERT_EQ(imports.size(), 4U);
  EXPECT_EQ(imports[1].name, "renown sync");
  EXPECT_EQ(imports[1].time, 77);
  EXPECT_EQ(imports[1].rows, 4U);
  EXPECT_EQ(imports[1].added, 3U);
  EXPECT_EQ(imports[2].added, 1U);
  EXPECT_EQ(imports[3].added, 1U);
}

TEST_F(Sources, LeaveOutWhatTheLogCannotHold) {
  auto log = with_source(create(), source());
  Row bad = like(1, "caf\xE9");
  const auto counts = give(log, {bad, like(-1, "a"), like(2, "a")}, {bad}, {});
  EXPECT_EQ(counts.unusable, 3U);
  EXPECT_EQ(counts.added, 1U);
}

TEST_F(Sources, AreOfOneName) {
  auto log = with_source(create(), source());
  EXPECT_EQ(log.add_source(source()).error().message, "there is a source x:ada already");
}

TEST_F(Sources, AreRemovedAndTheirRowsStay) {
  auto log = with_source(create(), source());
  give(log, {like(1, "bob")}, {}, {});
  ASSERT_TRUE(log.remove_source("x:ada"));
  EXPECT_TRUE(log.sources()->empty());
  EXPECT_EQ(contents(log).size(), 1U);
  EXPECT_EQ(log.remove_source("x:ada").error().code, ErrorCode::not_found);
  EXPECT_EQ(log.begin_source("x:ada").error().code, ErrorCode::not_found);
}

TEST_F(Sources, ACommitOfARemovedSourceAddsNothing) {
  auto log = with_source(create(), source());
  auto writer = *log.begin_source("x:ada");
  ASSERT_TRUE(log.remove_source("x:ada"));
  model::InteractionBlock block;
  block.push(like(1, "bob").view());
  writer.add_dated(block);
  EXPECT_EQ(writer.commit({}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(contents(log).empty());
}

TEST_F(Sources, AreNotWrittenThroughAReadOnlyLog) {
  with_source(create(), source());
  auto log = open_to_read();
  EXPECT_EQ(log.add_source(source("other")).error().code, ErrorCode::internal);
  EXPECT_EQ(log.remove_source("x:ada").error().code, ErrorCode::internal);
  EXPECT_EQ(log.begin_source("x:ada").error().code, ErrorCode::internal);
}

// --- erased accounts

TEST_F(Sources, OfAnErasedAccountGoWithIt) {
  auto log = with_source(create(), source("x:alice", kAlice));
  log = with_source(std::move(log), source("x:bob", "bob"));
  Source by_setting = source("x:list", "");
  by_setting.settings = fmt::format(R"({{"only":"{}"}})", kAlice);
  log = with_source(std::move(log), by_setting);
  log = with_source(std::move(log), source("x:other-spelling", "Alice"));
  give(log, {}, {}, {.subject = kAlice}, "x:other-spelling");
  Source elsewhere = source("y:alice", "someone");
  elsewhere.network = "y";
  log = with_source(std::move(log), elsewhere);
  give(log, {like(1, "bob")}, {}, {.cursor = std::string("after ") + kAlice, .whole = "w", .sentence = kAlice},
       "x:bob");
  const auto counts = log.erase("x", kAlice);
  ASSERT_TRUE(counts) << counts.error().message;
  EXPECT_EQ(counts->sources, 3U);
  EXPECT_TRUE(test::files_with(folder_, kAlice).empty());
  const auto left = *log.sources();
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].name, "x:bob");
  EXPECT_EQ(left[0].rows, 1U);
  EXPECT_EQ(left[0].state.cursor, "") << "it begins anew";
  EXPECT_EQ(left[0].state.whole, "");
  EXPECT_EQ(left[1].name, "y:alice");
}

TEST_F(Sources, OfOthersKeepTheirCursorsThroughAnErase) {
  auto log = with_source(create(), source("x:bob", "bob"));
  const SourceState state{.cursor = "c", .whole = "w", .whole_time = 5, .tried_time = 6, .retry_at = 7, .skipped = 1};
  give(log, {like(1, "cid")}, {}, state, "x:bob");
  ASSERT_TRUE(log.erase("x", kAlice));
  EXPECT_EQ(log.sources()->front().state, state);
}

TEST_F(Sources, NeverBringBackAnErasedAccount) {
  auto log = with_source(create(), source("x:bob", "bob"));
  ASSERT_TRUE(log.erase("x", kAlice));
  const Row named = like(3, "cid", std::string("https://x.example/") + kAlice);
  const auto counts = give(log, {like(1, kAlice), named}, {like(2, kAlice), named}, {}, "x:bob");
  EXPECT_EQ(counts.erased, 2U);
  EXPECT_EQ(counts.added, 1U);
  EXPECT_EQ(contents(log).front().post, test::test_key().pseudonym(named.post));
  EXPECT_TRUE(test::files_with(folder_, kAlice).empty());
  EXPECT_EQ(log.add_source(source("x:alice", kAlice)).error().code, ErrorCode::bad_input);
}

// --- logs of the version before

TEST_F(Sources, ALogWithoutThemIsReadAsItIsAndBroughtUpToDateByAWriter) {
  {
    auto log = create();
    import(log, {like(1, "bob")});
  }
  run_sql("DROP TABLE sources; UPDATE meta SET value = '1' WHERE name = 'schema_version'");
  {
    auto log = open_to_read();
    EXPECT_EQ(contents(log).size(), 1U);
    EXPECT_TRUE(log.sources()->empty());
  }
  {
    auto log = with_source(reopen(), source());
    give(log, {like(2, "cid")}, {}, {.cursor = "c"});
  }
  auto log = open_to_read();
  EXPECT_EQ(contents(log).size(), 2U);
  EXPECT_EQ(log.sources()->front().state.cursor, "c");
}

// --- a kill

TEST_F(Sources, AKillLeavesRowsAndCursorTogether) {
  const pid_t child = ::fork();
  if (child == 0) {
    auto log = InteractionLog::create(folder_, test::test_key());
    static_cast<void>(log->add_source(source()));
    auto writer = log->begin_source("x:ada");
    model::InteractionBlock block;
    for (int i = 0; i < 10; ++i) {
      block.clear();
      block.push(like(i, "bob").view());
      writer->add_dated(block);
      if (!writer->commit({.cursor = std::to_string(i)})) ::_exit(1);
    }
    writer->add_dated(block);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the fault did not happen";
  auto log = reopen();
  EXPECT_EQ(contents(log).size(), 10U);
  EXPECT_EQ(log.sources()->front().state.cursor, "9");
}

}  // namespace
}  // namespace renown::log
