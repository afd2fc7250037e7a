#include "connect/firehose/firehose.h"

#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/firehose/frame.h"
#include "connect/firehose/frames_testing.h"
#include "connect/stream_testing.h"
#include "net/fetcher.h"

namespace renown::connect::firehose {
namespace {

using connect::test::access_to;
using connect::test::Listener;
using connect::test::StreamServer;
using Rows = std::vector<std::string>;

constexpr std::int64_t kBefore = 1'700'000'000;  ///< before all frames: a stream is then read as far as it is live
constexpr std::int64_t kAfter = 4'000'000'000;

std::unique_ptr<Connector> connect_to(StreamServer& server, std::int64_t now, std::string start = "oldest") {
  static net::Fetcher http({});
  auto made =
      make_connector({.account = {"bluesky", ""}, .server = server.url(), .settings = {{"start", std::move(start)}}},
                     access_to(server, http, now));
  EXPECT_TRUE(made);
  return std::move(*made);
}

std::int64_t seq_of(const std::string& frame) {
  model::InteractionBlock block;
  model::ReadReport report;
  return FrameReader().read(frame, 0, block, report).seq;
}

/// Sends the recorded frames behind the place that is asked for, as a server does; then is silent.
void replay(Listener& listener) {
  for (const std::string& frame : test::recorded_frames()) {
    if (seq_of(frame) > listener.cursor()) listener.send(frame);
  }
  listener.stay();
}

Rows rows_of_all_frames() {
  model::InteractionBlock block;
  model::ReadReport report;
  FrameReader reader;
  for (const std::string& frame : test::recorded_frames()) reader.read(frame, 0, block, report);
  return connect::test::shown(block);
}

TEST(Firehose, is_read_from_its_start_to_where_nothing_comes) {
  StreamServer server(replay);
  const auto connector = connect_to(server, kAfter);
  const auto pull = connector->pull("", {});
  ASSERT_TRUE(pull) << pull.error().sentence;
  EXPECT_EQ(connect::test::shown(pull->dated), rows_of_all_frames());
  EXPECT_FALSE(pull->more) << "nothing more came";
  EXPECT_EQ(pull->cursor, std::to_string(seq_of(test::recorded_frames().back())));
  EXPECT_EQ(server.targets(), Rows{"/xrpc/com.atproto.sync.subscribeRepos?cursor=0"});
  const auto silence = connector->pull(pull->cursor, {});
  ASSERT_TRUE(silence);
  EXPECT_TRUE(silence->dated.empty());
  EXPECT_EQ(silence->cursor, pull->cursor);
  EXPECT_EQ(server.targets().size(), 1u) << "the stream stays open";
}

TEST(Firehose, goes_on_behind_its_cursor) {
  StreamServer server(replay);
  const auto frames = test::recorded_frames();
  const std::int64_t half = seq_of(frames[frames.size() / 2]);
  const auto pull = connect_to(server, kAfter)->pull(std::to_string(half), {});
  ASSERT_TRUE(pull);
  EXPECT_EQ(pull->report.records, [&] {
    model::InteractionBlock block;
    model::ReadReport report;
    for (std::size_t i = frames.size() / 2 + 1; i < frames.size(); ++i) FrameReader().read(frames[i], 0, block, report);
    return report.records;
  }());
  EXPECT_EQ(server.targets(), Rows{fmt::format("/xrpc/com.atproto.sync.subscribeRepos?cursor={}", half)});
}

TEST(Firehose, begins_with_what_is_to_come_unless_told_otherwise) {
  StreamServer server([](Listener& listener) {
    listener.send(test::deletion(7, "app.bsky.feed.like/k1"));
    listener.stay();
  });
  const auto pull = connect_to(server, kBefore, "now")->pull("", {});
  ASSERT_TRUE(pull);
  EXPECT_EQ(pull->cursor, "7");
  EXPECT_FALSE(pull->more) << "what it tells happened after the reading began";
  EXPECT_EQ(server.targets(), Rows{"/xrpc/com.atproto.sync.subscribeRepos"});
}

TEST(Firehose, what_came_before_it_broke_stands_and_it_is_opened_again_behind_that) {
  StreamServer server([](Listener& listener) {
    if (listener.cursor() < 7) listener.send(test::deletion(7, "app.bsky.feed.like/k1"));
  });
  const auto connector = connect_to(server, kAfter);
  const auto pull = connector->pull("", {});
  ASSERT_TRUE(pull);
  EXPECT_EQ(pull->dated.size(), 1u);
  EXPECT_TRUE(pull->more);
  const auto broken = connector->pull(pull->cursor, {});
  ASSERT_FALSE(broken) << "it closes without an event: it is never empty";
  EXPECT_EQ(broken.error().kind, ProblemKind::unavailable);
  EXPECT_EQ(server.targets().back(), "/xrpc/com.atproto.sync.subscribeRepos?cursor=7");
}

TEST(Firehose, dead_letters_are_counted_with_their_place) {
  StreamServer server([](Listener& listener) {
    listener.send(test::deletion(7, "app.bsky.feed.like/k1"));
    listener.send("what is this?");
    listener.send(test::deletion(9, "nowhere"));
    listener.send(test::deletion(11, "app.bsky.feed.like/k2"));
    listener.stay();
  });
  const auto pull = connect_to(server, kAfter)->pull("", {});
  ASSERT_TRUE(pull);
  EXPECT_EQ(pull->dated.size(), 2u);
  EXPECT_EQ(pull->report.records, 4u);
  ASSERT_EQ(pull->report.bad, 2u);
  EXPECT_EQ(pull->report.first_bad[0].place, "the frame after seq 7");
  EXPECT_EQ(pull->report.first_bad[1].place, "seq 9: nowhere");
  EXPECT_EQ(pull->cursor, "11");
}

TEST(Firehose, a_cursor_that_the_server_does_not_know) {
  StreamServer server([](Listener& listener) { listener.send(test::error("FutureCursor", "Cursor in the future.")); });
  const auto pull = connect_to(server, kAfter)->pull("99", {});
  ASSERT_FALSE(pull);
  EXPECT_EQ(pull.error().kind, ProblemKind::gone);
  EXPECT_NE(pull.error().sentence.find("place 99"), std::string::npos) << pull.error().sentence;
}

TEST(Firehose, a_cursor_that_is_too_old_leaves_a_gap_that_is_told) {
  StreamServer server([](Listener& listener) {
    listener.send(test::message("#info", test::map({{"name", test::text("OutdatedCursor")}})));
    listener.send(test::deletion(70, "app.bsky.feed.like/k1"));
    listener.stay();
  });
  const auto pull = connect_to(server, kAfter)->pull("7", {});
  ASSERT_TRUE(pull);
  EXPECT_EQ(pull->dated.size(), 1u);
  ASSERT_EQ(pull->skipped.size(), 1u);
  EXPECT_EQ(pull->skipped[0].kind, ProblemKind::gone);
  EXPECT_EQ(pull->cursor, "70");
}

TEST(Firehose, a_busy_stream_has_pieces_and_an_end) {
  StreamServer server([](Listener& listener) {
    for (std::uint64_t seq = 1; seq < 20'000; ++seq) listener.send(test::deletion(seq, "app.bsky.feed.like/k1"));
    listener.stay();
  });
  const auto later = connect_to(server, kAfter)->pull("", {});
  ASSERT_TRUE(later);
  EXPECT_EQ(later->dated.size(), 8'000u);
  EXPECT_TRUE(later->more) << "these are events of the past";
  const auto live = connect_to(server, kBefore)->pull("", {});
  ASSERT_TRUE(live);
  EXPECT_FALSE(live->more) << "these happened since the reading began: it is live";
}

TEST(Firehose, ends_when_it_is_told_to) {
  StreamServer server([](Listener& listener) { listener.stay(); });
  const auto connector = connect_to(server, kAfter);
  std::stop_source stop;
  std::jthread soon([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop.request_stop();
  });
  const auto pull = connector->pull("", stop.get_token());
  ASSERT_FALSE(pull);
  EXPECT_EQ(pull.error().kind, ProblemKind::cancelled);
}

TEST(Firehose, that_is_not_there) {
  std::unique_ptr<Connector> connector;
  {
    StreamServer server([](Listener&) {});
    connector = connect_to(server, kAfter);
  }
  const auto pull = connector->pull("", {});
  ASSERT_FALSE(pull);
  EXPECT_EQ(pull.error().kind, ProblemKind::unavailable);
  for (const char* bad : {"x", "-1", "1 2", "99999999999999999999"}) {
    const auto refused = connector->pull(bad, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ProblemKind::malformed) << bad;
  }
}

TEST(Firehose, is_set_up_for_a_whole_server) {
  net::Fetcher http({});
  const auto error = [&](Source source) {
    const auto made = make_connector(source, {http, {}, 1});
    EXPECT_FALSE(made);
    return made ? "" : made.error().message;
  };
  EXPECT_EQ(error({.account = {"bluesky", "did:plc:ann"}}),
            "the firehose is that of the network bluesky and of all accounts: name no account");
  EXPECT_EQ(error({.account = {"bluesky", ""}, .settings = {{"start", "yesterday"}}}),
            "start is 'now' or 'oldest', not 'yesterday'");
  EXPECT_EQ(error({.account = {"bluesky", ""}, .server = "https://a.example/xrpc"}),
            "the server of a stream is like https://bsky.network, not https://a.example/xrpc");
  EXPECT_TRUE(make_connector({.account = {"bluesky", ""}}, {http, {}, 1}));
}

}  // namespace
}  // namespace renown::connect::firehose
