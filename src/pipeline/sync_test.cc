#include "pipeline/sync.h"

#include <atomic>
#include <chrono>
#include <map>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "log/data_folder.h"
#include "log/test_vocabulary.h"
#include "net/fake_pacer.h"
#include "net/test_server.h"
#include "pipeline/people_folder.h"

namespace renown::pipeline {
namespace {

using connect::Problem;
using connect::ProblemKind;
using connect::Pull;
using log::test::Row;
using log::test::Rows;
using Piece = std::expected<Pull, Problem>;

constexpr std::int64_t kNow = 1'800'000'000;

/// A network that does as it is told: what a source gives after a cursor.
class Scripted final : public connect::Connector {
 public:
  using Script = std::function<Piece(std::string_view cursor)>;
  explicit Scripted(Script script) : script_(std::move(script)) {}
  Piece pull(std::string_view cursor, std::stop_token) override { return script_(cursor); }

 private:
  Script script_;
};

Row like(std::int64_t time, const std::string& actor, const std::string& target = "ada") {
  return {time, Kind::like, "town", actor, target, "p", "", ""};
}

Pull piece(const Rows& rows, std::string cursor, bool more = false) {
  Pull pull{.cursor = std::move(cursor), .more = more};
  for (const Row& row : rows) pull.dated.push(row.view());
  return pull;
}

/// Ends a following after so many waits: it would go on for ever.
class PacerThatStops final : public net::Pacer {
 public:
  PacerThatStops(std::atomic<bool>& stop, int most_waits) : stop_(stop), left_(most_waits) {}
  std::int64_t now() override { return now_; }
  double chance() override { return 0.5; }
  bool wait(double seconds, std::stop_token) override {
    now_ += static_cast<std::int64_t>(seconds);
    waited.push_back(seconds);
    if (--left_ > 0) return true;
    stop_ = true;
    while (stop_) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return false;
  }
  static inline std::vector<double> waited;

 private:
  std::atomic<bool>& stop_;
  int left_;
  std::int64_t now_ = kNow;
};

class Stopping final : public Progress {
 public:
  void update(std::string_view, std::uint64_t, std::uint64_t, std::string_view) override {}
  bool cancelled() override { return stop.exchange(false); }
  std::atomic<bool> stop{false};
};

class SyncTest : public log::test::LogTest {
 protected:
  void SetUp() override { static_cast<void>(create()); }

  void add(const std::string& account, Scripted::Script script) {
    scripts_[account] = std::move(script);
    auto log = reopen();
    const auto added = log.add_source({.name = "town:" + account,
                                       .connector = "town",
                                       .network = "town",
                                       .account = account,
                                       .settings = "{}",
                                       .made = kNow});
    ASSERT_TRUE(added) << added.error().message;
  }

  SyncRequest request() {
    kinds_ = {{.name = "town",
               .network = "town",
               .gives = "a town",
               .origin = "https://town.example",
               .streams = streams_,
               .make = [this](const connect::Source& source,
                              const connect::Access& access) -> Result<std::unique_ptr<connect::Connector>> {
                 made_at_.push_back(access.now);
                 extents_.push_back(access.extent);
                 return std::make_unique<Scripted>(scripts_.at(source.account.account));
               },
               .watch = watch_}};
    return {.data_folder = folder_,
            .token_key_file = scratch_ / "token.key",
            .network = {.user_agent = "renown-test"},
            .connectors = kinds_,
            .make_pacer = [this] {
              auto pacer = std::make_unique<net::test::FakePacer>();
              pacer->time = static_cast<double>(now_);
              return pacer;
            }};
  }

  std::vector<SourceOutcome> run(const SyncRequest& request) {
    NoProgress progress;
    auto outcomes = sync(request, progress);
    EXPECT_TRUE(outcomes) << outcomes.error().message;
    return outcomes.value_or(std::vector<SourceOutcome>());
  }
  std::vector<SourceOutcome> run() { return run(request()); }

  Rows rows() { return log::test::contents(open_to_read()); }

  std::map<std::string, Scripted::Script> scripts_;
  std::vector<ConnectorKind> kinds_;
  std::vector<std::int64_t> made_at_;
  std::vector<connect::Extent> extents_;
  connect::OpenWatch watch_;
  std::int64_t now_ = kNow;
  bool streams_ = false;
};

TEST_F(SyncTest, AFolderWithoutSourcesHasNoOutcome) {
  EXPECT_TRUE(run().empty());
}

TEST_F(SyncTest, ReadsToTheEndAndRemembersWhere) {
  add("ada", [](std::string_view cursor) -> Piece {
    if (cursor.empty()) return piece({like(1, "bob")}, "1", true);
    if (cursor == "1") return piece({like(2, "cid"), like(1, "bob")}, "2");
    return piece({}, "2");
  });
  auto outcome = run().at(0);
  EXPECT_EQ(outcome.standing(), SourceStanding::current);
  EXPECT_EQ(outcome.counts.added, 2U);
  EXPECT_EQ(outcome.counts.duplicates, 1U);
  EXPECT_EQ(outcome.pieces, 2U);
  EXPECT_EQ(outcome.source.state.cursor, "2");
  EXPECT_EQ(outcome.source.state.whole_time, kNow);
  EXPECT_EQ(rows(), (Rows{like(1, "bob"), like(2, "cid")}));
  outcome = run().at(0);
  EXPECT_EQ(outcome.counts.rows, 0U) << "and nothing is asked for again";
  EXPECT_EQ(outcome.source.added, 2U);
}

// P9: a failed fetch leaves "stale since", never a quiet day.
TEST_F(SyncTest, AProblemLeavesWhatWasReadAndSinceWhenItIsStale) {
  bool ill = false;
  add("ada", [&](std::string_view cursor) -> Piece {
    if (ill) return std::unexpected(Problem{ProblemKind::unavailable, "nobody answers"});
    return piece({like(1, "bob")}, cursor.empty() ? "1" : "2");
  });
  run();
  ill = true;
  now_ += 3600;
  auto outcome = run().at(0);
  EXPECT_EQ(outcome.standing(), SourceStanding::stale);
  EXPECT_EQ(stale_since(outcome.source.state), kNow);
  EXPECT_EQ(outcome.source.state.problem, "unavailable");
  EXPECT_EQ(outcome.source.state.sentence, "nobody answers");
  EXPECT_EQ(outcome.source.state.cursor, "1");
  EXPECT_EQ(rows().size(), 1U);
  ill = false;
  now_ += 3600;
  outcome = run().at(0);
  EXPECT_EQ(outcome.standing(), SourceStanding::current);
  EXPECT_EQ(stale_since(outcome.source.state), std::nullopt);
  EXPECT_EQ(outcome.source.state.sentence, "");
}

TEST_F(SyncTest, WhatWasReadBeforeAProblemStaysAndIsNotReadAgain) {
  std::vector<std::string> asked;
  add("ada", [&](std::string_view cursor) -> Piece {
    asked.emplace_back(cursor);
    if (cursor.empty()) return piece({like(1, "bob")}, "1", true);
    if (asked.size() == 2) return std::unexpected(Problem{ProblemKind::unavailable, "no"});
    return piece({like(2, "cid")}, "2");
  });
  EXPECT_EQ(run().at(0).standing(), SourceStanding::stale);
  EXPECT_EQ(rows().size(), 1U);
  EXPECT_EQ(run().at(0).standing(), SourceStanding::current);
  EXPECT_EQ(asked, (std::vector<std::string>{"", "1", "1"}));
  EXPECT_EQ(rows().size(), 2U);
}

TEST_F(SyncTest, PartsThatWereSkippedMakeItPartial) {
  add("ada", [](std::string_view) -> Piece {
    Pull pull = piece({like(1, "bob")}, "1");
    pull.skipped.push_back({ProblemKind::forbidden, "the likes of a post: private"});
    return pull;
  });
  const auto outcome = run().at(0);
  EXPECT_EQ(outcome.standing(), SourceStanding::partial);
  EXPECT_EQ(outcome.source.state.skipped, 1U);
  EXPECT_EQ(outcome.source.state.sentence, "the likes of a post: private");
  EXPECT_EQ(outcome.source.state.whole_time, std::nullopt);
  EXPECT_EQ(rows().size(), 1U);
}

TEST_F(SyncTest, OneThatFailsDoesNotStopTheOthers) {
  add("a-bad", [](std::string_view) -> Piece { return std::unexpected(Problem{ProblemKind::unauthorized, "no"}); });
  add("good", [](std::string_view) -> Piece { return piece({like(1, "bob", "good")}, "1"); });
  const auto outcomes = run();
  ASSERT_EQ(outcomes.size(), 2U);
  EXPECT_EQ(outcomes[0].standing(), SourceStanding::stale);
  EXPECT_EQ(outcomes[1].standing(), SourceStanding::current);
  EXPECT_EQ(rows().size(), 1U);
}

TEST_F(SyncTest, ReadsManySideBySide) {
  for (int i = 0; i < 20; ++i) {
    const std::string account = fmt::format("a{}", i);
    add(account, [account, i](std::string_view cursor) -> Piece {
      const int at = cursor.empty() ? 0 : std::stoi(std::string(cursor));
      return piece({like(i * 100 + at, "bob", account)}, std::to_string(at + 1), at < 9);
    });
  }
  for (const SourceOutcome& outcome : run()) EXPECT_EQ(outcome.counts.added, 10U);
  EXPECT_EQ(rows().size(), 200U);
}

TEST_F(SyncTest, OnlyThoseThatWereNamed) {
  add("ada", [](std::string_view) -> Piece { return piece({like(1, "bob")}, "1"); });
  add("eve", [](std::string_view) -> Piece { return piece({like(1, "bob", "eve")}, "1"); });
  auto some = request();
  some.sources = {"town:eve"};
  EXPECT_EQ(run(some).size(), 1U);
  EXPECT_EQ(rows().size(), 1U);
  some.sources = {"town:nobody"};
  NoProgress progress;
  EXPECT_EQ(sync(some, progress).error().code, ErrorCode::not_found);
}

TEST_F(SyncTest, AConnectorThatNeverEndsIsEnded) {
  add("ada", [](std::string_view) -> Piece { return piece({}, "same", true); });
  const auto outcome = run().at(0);
  EXPECT_EQ(outcome.standing(), SourceStanding::stale);
  EXPECT_EQ(outcome.source.state.problem, "malformed");
  EXPECT_EQ(outcome.source.state.cursor, "") << "and begins again from the last whole reading";
}

TEST_F(SyncTest, WaitsUntilTheNetworkSaysSo) {
  int asked = 0;
  add("ada", [&](std::string_view) -> Piece {
    if (++asked == 1) return std::unexpected(Problem{ProblemKind::try_later, "too many", kNow + 600});
    return piece({}, "1");
  });
  run();
  now_ = kNow + 599;
  EXPECT_EQ(run().at(0).standing(), SourceStanding::stale);
  EXPECT_EQ(asked, 1) << "it was not asked";
  now_ = kNow + 600;
  EXPECT_EQ(run().at(0).standing(), SourceStanding::current);
}

TEST_F(SyncTest, FromTheStartReadsAllAgainAndDoublesNothing) {
  add("ada", [](std::string_view cursor) -> Piece {
    if (cursor.empty()) return piece({like(1, "bob")}, "1");
    return piece({}, "1");
  });
  run();
  auto again = request();
  again.from_start = true;
  EXPECT_EQ(run(again).at(0).counts.duplicates, 1U);
  EXPECT_EQ(rows().size(), 1U);
}

TEST_F(SyncTest, RowsAreJudgedLikeThoseOfLogs) {
  add("ada", [](std::string_view) -> Piece {
    return piece({like(1, ""), like(2, std::string(2000, 'x')), like(3, "bob")}, "1");
  });
  const auto outcome = run().at(0);
  EXPECT_EQ(outcome.report.bad, 2U);
  EXPECT_EQ(outcome.report.first_bad[0].reason, "the account that acts is empty");
  EXPECT_EQ(outcome.report.first_bad[0].place, "town:ada");
  EXPECT_EQ(rows().size(), 1U);
}

TEST_F(SyncTest, SaysSoWhereItsConnectorIsGone) {
  add("ada", [](std::string_view) -> Piece { return piece({}, "1"); });
  auto without = request();
  without.connectors = {};
  const auto outcome = run(without).at(0);
  EXPECT_EQ(outcome.standing(), SourceStanding::stale);
  EXPECT_TRUE(outcome.source.state.sentence.starts_with("there is no connector 'town'"));
}

TEST_F(SyncTest, FollowsByItsIntervalUntilItIsStopped) {
  PacerThatStops::waited.clear();
  int asked = 0;
  add("ada", [&](std::string_view) -> Piece {
    ++asked;
    if (asked == 2) return std::unexpected(Problem{ProblemKind::try_later, "too many", kNow + 3000});
    return piece({like(asked, "bob")}, std::to_string(asked));
  });
  Stopping progress;
  auto follow = request();
  follow.follow = true;
  follow.poll_seconds = 60;
  follow.make_pacer = [&] { return std::make_unique<PacerThatStops>(progress.stop, 3); };
  const auto outcomes = sync(follow, progress);
  ASSERT_TRUE(outcomes) << outcomes.error().message;
  EXPECT_EQ(asked, 3);
  EXPECT_EQ(PacerThatStops::waited, (std::vector<double>{60, 2940, 60}));
  EXPECT_EQ(outcomes->at(0).standing(), SourceStanding::current);
  EXPECT_EQ(rows().size(), 2U);
}

TEST_F(SyncTest, FollowsAStreamWithoutPause) {
  PacerThatStops::waited.clear();
  streams_ = true;
  int asked = 0;
  add("ada", [&](std::string_view) -> Piece {
    if (++asked == 5) return std::unexpected(Problem{ProblemKind::unavailable, "it closed"});
    return piece({like(asked, "bob")}, std::to_string(asked));
  });
  Stopping progress;
  auto follow = request();
  follow.follow = true;
  follow.make_pacer = [&] { return std::make_unique<PacerThatStops>(progress.stop, 1); };
  ASSERT_TRUE(sync(follow, progress));
  EXPECT_EQ(asked, 5);
  EXPECT_EQ(PacerThatStops::waited, (std::vector<double>{30})) << "only after the problem";
}

/// Hears of news each time it is asked.
class Chatter final : public connect::Watch {
 public:
  std::expected<bool, Problem> news(std::chrono::milliseconds, std::stop_token) override { return true; }
};

TEST_F(SyncTest, NewsIsReadBetweenWholeReadings) {
  PacerThatStops::waited.clear();
  watch_ = [](const connect::Source&, const connect::Access&, std::stop_token) { return std::make_unique<Chatter>(); };
  std::vector<std::string> asked;
  add("ada", [&](std::string_view cursor) -> Piece {
    asked.emplace_back(cursor);
    if (asked.size() == 3) return std::unexpected(Problem{ProblemKind::unavailable, "nobody answers"});
    return piece({like(static_cast<std::int64_t>(asked.size()), "bob")}, std::to_string(asked.size()));
  });
  Stopping progress;
  std::vector<SourceStanding> standings;
  std::vector<std::optional<std::int64_t>> whole;
  auto follow = request();
  follow.follow = true;
  follow.poll_seconds = 60;
  follow.make_pacer = [&] { return std::make_unique<PacerThatStops>(progress.stop, 3); };
  follow.on_reading = [&](const SourceOutcome& outcome) {
    standings.push_back(outcome.standing());
    whole.push_back(outcome.source.state.whole_time);
  };
  ASSERT_TRUE(sync(follow, progress));
  // Whole; news, for the watch was just opened; news that fails, after which all is read again at its time.
  ASSERT_GE(extents_.size(), 4U);
  EXPECT_EQ(
      (std::vector(extents_.begin(), extents_.begin() + 4)),
      (std::vector{connect::Extent::whole, connect::Extent::news, connect::Extent::news, connect::Extent::whole}));
  EXPECT_EQ((std::vector(asked.begin(), asked.begin() + 4)), (std::vector<std::string>{"", "1", "2", "2"}));
  EXPECT_EQ(
      (std::vector(standings.begin(), standings.begin() + 4)),
      (std::vector{SourceStanding::current, SourceStanding::current, SourceStanding::stale, SourceStanding::current}));
  EXPECT_EQ(whole[1], kNow) << "news is no whole reading";
  EXPECT_EQ(whole[2], kNow);
  EXPECT_GE(*whole[3], kNow + 60);
  EXPECT_GE(rows().size(), 3U);
}

TEST_F(SyncTest, NewsLeavesASourceAsPartialAsItWas) {
  watch_ = [](const connect::Source&, const connect::Access&, std::stop_token) { return std::make_unique<Chatter>(); };
  add("ada", [&](std::string_view) -> Piece {
    Pull pull = piece({like(1, "bob")}, std::to_string(extents_.size()));
    if (extents_.back() == connect::Extent::whole) pull.skipped.push_back({ProblemKind::forbidden, "private"});
    return pull;
  });
  Stopping progress;
  std::vector<SourceOutcome> seen;
  auto follow = request();
  follow.follow = true;
  follow.make_pacer = [&] { return std::make_unique<PacerThatStops>(progress.stop, 1); };
  follow.on_reading = [&](const SourceOutcome& outcome) { seen.push_back(outcome); };
  ASSERT_TRUE(sync(follow, progress));
  ASSERT_GE(seen.size(), 2U);
  EXPECT_EQ(extents_[1], connect::Extent::news);
  for (const SourceOutcome& outcome : seen) {
    EXPECT_EQ(outcome.standing(), SourceStanding::partial);
    EXPECT_EQ(outcome.source.state.sentence, "private");
    EXPECT_EQ(outcome.problems.size(), 1U);
  }
}

// --- profiles and posts

Pull shows(const std::string& account, const std::string& bio, const std::string& text) {
  Pull pull{.cursor = "1"};
  people::Profile profile;
  profile.account = {"town", account};
  profile.handle = account;
  profile.bio = bio;
  profile.links = {"https://a.example", "https://b.example/" + bio};
  profile.picture = true;
  pull.profiles.push_back({profile, R"({"discoverable":true})"});
  pull.posts.push_back({"town", account + "/1", account, "https://town.example/1", 7, text});
  return pull;
}

TEST_F(SyncTest, KeepsProfilesAndPosts) {
  add("ada", [](std::string_view) -> Piece { return shows("ada", "hello", "a post"); });
  run();
  auto seen = *SeenStore::open_for_reading(log::DataFolder(folder_).seen());
  const auto profile = *seen.profile({"town", "ada"});
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->profile.profile.bio, "hello");
  EXPECT_EQ(profile->profile.profile.name, std::nullopt) << "unknown stays unknown";
  EXPECT_EQ(profile->profile.profile.links->size(), 2U);
  EXPECT_EQ(profile->profile.document, R"({"discoverable":true})");
  EXPECT_EQ(profile->time, kNow);
  ASSERT_EQ(seen.posts({"town", "ada"})->size(), 1U);
  EXPECT_EQ(seen.posts({"town", "ada"})->at(0).text, "a post");
  EXPECT_FALSE(*seen.profile({"town", "bob"}));
}

constexpr const char* kAlice = "zq-alice-qz";

TEST_F(SyncTest, AnEraseTakesProfilePostsSourceAndTokens) {
  add(kAlice, [](std::string_view) -> Piece { return shows(kAlice, "hello", "a post"); });
  add("bob", [](std::string_view) -> Piece {
    return shows("bob", std::string("friend of ") + kAlice, std::string("hi ") + kAlice);
  });
  const std::string key = scratch_ / "token.key";
  ASSERT_TRUE(TokenStore::open(folder_, key)->put(std::string("town:") + kAlice, "secret"));
  ASSERT_TRUE(TokenStore::open(folder_, key)->put("town:bob", "other"));
  for (const SourceOutcome& outcome : run()) ASSERT_EQ(outcome.profiles, 1U);
  const auto gone = erase_account(folder_, {"town", kAlice}, key);
  ASSERT_TRUE(gone) << gone.error().message;
  EXPECT_EQ(gone->log.sources, 1U);
  EXPECT_TRUE(log::test::files_with(folder_, kAlice).empty()) << log::test::files_with(folder_, kAlice).front();
  EXPECT_EQ(*TokenStore::open(folder_, key)->has(std::string("town:") + kAlice), TokenStore::Has::nothing);
  EXPECT_EQ(*TokenStore::open(folder_, key)->has("town:bob"), TokenStore::Has::token);
  run();
  EXPECT_TRUE(log::test::files_with(folder_, kAlice).empty()) << "and reading bob again brings nothing back";
  auto seen = *SeenStore::open_for_reading(log::DataFolder(folder_).seen());
  EXPECT_EQ((*seen.profile({"town", "bob"}))->profile.profile.bio, std::nullopt);
  EXPECT_EQ((*seen.profile({"town", "bob"}))->profile.profile.links->size(), 1U);
  EXPECT_EQ(seen.posts({"town", "bob"})->at(0).text, "");
}

// --- tokens

/// Asks its server once.
class AsksOnce final : public connect::Connector {
 public:
  AsksOnce(std::string url, const connect::Access& access) : url_(std::move(url)), access_(access) {}
  Piece pull(std::string_view, std::stop_token stop) override {
    const auto answer = access_.http.fetch({.url = url_}, stop);
    if (!answer) return std::unexpected(connect::problem_of(answer.error()));
    if (answer->status != 200) return std::unexpected(connect::problem_of(*answer, "it"));
    return Pull{.cursor = "1"};
  }

 private:
  std::string url_;
  connect::Access access_;
};

TEST_F(SyncTest, ATokenGoesToItsServerAndToNoOther) {
  net::test::TestServer other([](const auto&, auto& connection) { connection.send(net::test::reply("{}")); });
  net::test::TestServer own([&](const auto& seen, auto& connection) {
    connection.send(seen.target == "/away" ? net::test::redirect_to(other.url()) : net::test::reply("{}"));
  });
  {
    auto log = reopen();
    ASSERT_TRUE(log.add_source(
        {.name = "own", .connector = "own", .network = "town", .server = own.url(""), .settings = "{}"}));
    ASSERT_TRUE(log.add_source(
        {.name = "away", .connector = "away", .network = "town", .server = own.url(""), .settings = "{}"}));
    ASSERT_TRUE(log.add_source(
        {.name = "other", .connector = "other", .network = "town", .server = own.url(""), .settings = "{}"}));
    ASSERT_TRUE(log.add_source(
        {.name = "keyed", .connector = "keyed", .network = "town", .server = own.url(""), .settings = "{}"}));
  }
  for (const char* source : {"own", "away", "other", "keyed"}) {
    ASSERT_TRUE(TokenStore::open(folder_, scratch_ / "token.key")->put(source, "secret-token"));
  }
  const auto asking = [](std::string_view name, std::string url, std::string_view key_header = {}) {
    return ConnectorKind{.name = name,
                         .network = "town",
                         .gives = "",
                         .origin = "",
                         .key_header = key_header,
                         .make = [url](const connect::Source&,
                                       const connect::Access& access) -> Result<std::unique_ptr<connect::Connector>> {
                           return std::make_unique<AsksOnce>(url, access);
                         }};
  };
  kinds_ = {asking("own", own.url("/")), asking("away", own.url("/away")), asking("other", other.url("/")),
            asking("keyed", own.url("/keyed"), "X-Goog-Api-Key")};
  SyncRequest all{.data_folder = folder_,
                  .token_key_file = scratch_ / "token.key",
                  .network = {.user_agent = "renown-test", .allowed_hosts = {own.at(), other.at()}},
                  .connectors = kinds_};
  for (const SourceOutcome& outcome : run(all)) EXPECT_EQ(outcome.standing(), SourceStanding::current);
  const auto asked = own.seen();
  ASSERT_EQ(asked.size(), 3U);
  for (const auto& seen : asked) {
    const bool is_keyed = seen.target == "/keyed";
    EXPECT_TRUE(seen.has(is_keyed ? "X-Goog-Api-Key: secret-token" : "Authorization: Bearer secret-token"));
  }
  ASSERT_EQ(other.seen().size(), 2U);
  for (const auto& seen : other.seen()) EXPECT_FALSE(seen.has("secret-token"));
  EXPECT_TRUE(log::test::files_with(folder_, "secret-token").empty()) << "nor is it anywhere in the folder";
}

TEST_F(SyncTest, NeedsTheKeyWhereThereAreTokens) {
  add("ada", [](std::string_view) -> Piece { return piece({}, "1"); });
  ASSERT_TRUE(TokenStore::open(folder_, scratch_ / "token.key")->put("town:ada", "secret"));
  auto wrong = request();
  wrong.token_key_file = scratch_ / "another.key";
  NoProgress progress;
  const auto failed = sync(wrong, progress);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::bad_input);
}

}  // namespace
}  // namespace renown::pipeline
