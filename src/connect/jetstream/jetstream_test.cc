#include "connect/jetstream/jetstream.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/stream_testing.h"
#include "net/fetcher.h"

namespace renown::connect::jetstream {
namespace {

using connect::test::access_to;
using connect::test::Listener;
using connect::test::StreamServer;
using Rows = std::vector<std::string>;

constexpr std::int64_t kSecond = 1'000'000;

std::unique_ptr<Connector> connect_to(StreamServer& server, Source source = {}) {
  static net::Fetcher http({});
  source.account.network = "bluesky";
  source.server = server.url();
  auto made = make_connector(source, access_to(server, http, 4'000'000'000));
  EXPECT_TRUE(made);
  return std::move(*made);
}

std::string like(std::int64_t time_us, std::string_view rkey) {
  return fmt::format(
      R"({{"did":"did:plc:ann","time_us":{},"kind":"commit","commit":{{"rev":"r","operation":"create","collection":"app.bsky.feed.like",)"
      R"("rkey":"{}","cid":"b","record":{{"$type":"app.bsky.feed.like","subject":{{"cid":"b","uri":"at://did:plc:bob/app.bsky.feed.post/p1"}}}}}}}})",
      time_us, rkey);
}

TEST(Jetstream, live_events_are_the_rows_of_a_capture) {
  StreamServer server([](Listener& listener) {
    listener.send(like(70 * kSecond, "k1"), true);
    listener.send(
        R"({"did":"did:plc:ann","time_us":71000000,"kind":"identity","identity":{"did":"did:plc:ann","seq":1}})", true);
    listener.send("{", true);
    listener.send(like(72 * kSecond + 5, "k2"), true);
    listener.stay();
  });
  const auto pull = connect_to(server)->pull("", {});
  ASSERT_TRUE(pull) << pull.error().sentence;
  EXPECT_EQ(connect::test::shown(pull->dated),
            (Rows{"70 like bluesky did:plc:ann -> did:plc:bob post=at://did:plc:bob/app.bsky.feed.post/p1 "
                  "id=app.bsky.feed.like/k1",
                  "72 like bluesky did:plc:ann -> did:plc:bob post=at://did:plc:bob/app.bsky.feed.post/p1 "
                  "id=app.bsky.feed.like/k2"}));
  EXPECT_EQ(pull->cursor, "72000005");
  EXPECT_FALSE(pull->more);
  EXPECT_EQ(pull->report.records, 4u);
  ASSERT_EQ(pull->report.bad, 1u);
  EXPECT_EQ(pull->report.first_bad[0].place, "the event after 71000000");
}

TEST(Jetstream, an_event_of_the_future_does_not_move_the_place) {
  StreamServer server([](Listener& listener) {
    listener.send(like(4'000'086'401 * kSecond, "k1"), true);  // a day and a second after now
    listener.send(like(72 * kSecond, "k2"), true);
    listener.send(like(4'000'086'401 * kSecond, "k3"), true);
    listener.stay();
  });
  const auto pull = connect_to(server)->pull("70000000", {});
  ASSERT_TRUE(pull) << pull.error().sentence;
  EXPECT_EQ(pull->cursor, "72000000");
  EXPECT_EQ(pull->dated.size(), 1u);
  EXPECT_EQ(pull->report.bad, 2u);
}

TEST(Jetstream, asks_for_what_is_read_and_begins_a_little_before_its_cursor) {
  StreamServer server([](Listener& listener) {
    listener.send(like(70 * kSecond, "k1"), true);
    listener.stay();
  });
  const std::string four =
      "/subscribe?wantedCollections=app.bsky.feed.like&wantedCollections=app.bsky.feed.repost&wantedCollections=app."
      "bsky."
      "feed.post&wantedCollections=app.bsky.graph.follow";
  ASSERT_TRUE(connect_to(server)->pull("", {}));
  ASSERT_TRUE(connect_to(server)->pull("69000001", {}));
  ASSERT_TRUE(
      connect_to(server, {.account = {}, .settings = {{"start", "oldest"}, {"collections", "app.bsky.feed.like"}}})
          ->pull("", {}));
  ASSERT_TRUE(connect_to(server, {.account = {"", "did:plc:ann"}, .settings = {{"collections", "a b"}}})->pull("", {}));
  EXPECT_EQ(server.targets(),
            (Rows{four, four + "&cursor=64000001", "/subscribe?wantedCollections=app.bsky.feed.like&cursor=0",
                  "/subscribe?wantedCollections=a&wantedCollections=b&wantedDids=did%3Aplc%3Aann"}));
}

TEST(Jetstream, that_closes_without_an_event_is_unavailable) {
  StreamServer server([](Listener&) {});
  const auto pull = connect_to(server)->pull("7", {});
  ASSERT_FALSE(pull);
  EXPECT_EQ(pull.error().kind, ProblemKind::unavailable);
}

TEST(Jetstream, is_set_up_for_everybody_or_a_did) {
  net::Fetcher http({});
  for (const Source& source : {Source{.account = {"bluesky", "ann.test"}}, Source{.account = {"mastodon", ""}},
                               Source{.account = {"bluesky", ""}, .settings = {{"start", "1"}}},
                               Source{.account = {"bluesky", ""}, .server = "jetstream"}}) {
    const auto made = make_connector(source, {http, {}, 1});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::usage);
  }
  EXPECT_TRUE(make_connector({.account = {"bluesky", "did:plc:ann"}}, {http, {}, 1}));
}

}  // namespace
}  // namespace renown::connect::jetstream
