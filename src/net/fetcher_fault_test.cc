/// The fetcher against servers that misbehave. Every fault is shown to have happened: by what the server saw, or by
/// what it managed to send.
#include <atomic>
#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "io/testing.h"
#include "net/fetch_testing.h"

namespace renown::net {
namespace {

using test::allowing;
using test::always;
using test::Connection;
using test::fetch;
using test::kind;
using test::redirect_to;
using test::reply;
using test::Seen;
using test::TestServer;

/// Sends as much as the client takes, and says how much that was.
std::size_t send_until_refused(Connection& connection, std::size_t most) {
  const std::string piece(std::size_t{64} << 10, 'x');
  std::size_t sent = 0;
  while (sent < most && connection.send(piece)) sent += piece.size();
  return sent;
}

TEST(FetcherFault, a_reset_in_the_middle) {
  std::atomic<int> fired{0};
  TestServer server([&](const Seen&, Connection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    ++fired;
    connection.reset();
  });
  EXPECT_EQ(kind(fetch(server, {.url = "/"})), FailureKind::reset);
  EXPECT_GE(fired, 1);
}

TEST(FetcherFault, a_close_before_anything) {
  TestServer server([](const Seen&, Connection& connection) { connection.close(); });
  EXPECT_EQ(kind(fetch(server, {.url = "/"})), FailureKind::reset);
  EXPECT_GE(server.seen().size(), 1U);
}

TEST(FetcherFault, a_reset_while_we_send) {
  TestServer server([](const Seen&, Connection& connection) { connection.reset(); });
  const Request large{
      .method = "PUT", .url = "/", .headers = {{"X-Hang-Up", "1"}}, .body = std::string(std::size_t{16} << 20, 'x')};
  EXPECT_EQ(kind(fetch(server, large)), FailureKind::reset);
  EXPECT_GE(server.seen().size(), 1U);
}

TEST(FetcherFault, a_body_shorter_than_promised) {
  TestServer server([](const Seen&, Connection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    connection.close();
  });
  const auto fetched = fetch(server, {.url = "/"});
  EXPECT_EQ(kind(fetched), FailureKind::reset);
  EXPECT_EQ(fetched.error().message,
            fmt::format("the connection to {} broke before its answer was whole", server.url()));
}

TEST(FetcherFault, chunks_cut_off) {
  TestServer server([](const Seen&, Connection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n8\r\nwor");
    connection.close();
  });
  EXPECT_EQ(kind(fetch(server, {.url = "/"})), FailureKind::reset);
  EXPECT_EQ(server.seen().size(), 1U);
}

TEST(FetcherFault, never_answers) {
  std::atomic<int> fired{0};
  TestServer server([&](const Seen&, Connection& connection) {
    ++fired;
    connection.wait_for_close();
  });
  const auto fetched = fetch(server, {.url = "/?token=hunter2"}, {.whole_ms = 300});
  EXPECT_EQ(kind(fetched), FailureKind::timeout);
  EXPECT_EQ(fetched.error().message,
            fmt::format("{} did not answer in time (10 s to connect, 0.3 s in all)", server.url()));
  EXPECT_EQ(fired, 1);
}

TEST(FetcherFault, a_slow_body) {
  std::atomic<int> sent{0};
  TestServer server([&](const Seen&, Connection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (connection.send("x")) {
      ++sent;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  EXPECT_EQ(kind(fetch(server, {.url = "/"}, {.slow_bytes_per_second = 1000, .slow_seconds = 1})),
            FailureKind::timeout);
  EXPECT_GT(sent, 1);
}

TEST(FetcherFault, the_whole_time_covers_all_hops) {
  std::atomic<int> hops{0};
  TestServer server([&](const Seen&, Connection& connection) {
    ++hops;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    connection.send(redirect_to("/again"));
  });
  EXPECT_EQ(kind(fetch(server, {.url = "/"}, {.whole_ms = 700, .redirects = 1000})), FailureKind::timeout);
  EXPECT_LE(hops, 5);
  EXPECT_GE(hops, 2);
}

TEST(FetcherFault, a_body_of_64_megabytes_announced) {
  std::atomic<std::size_t> sent{0};
  TestServer server([&](const Seen&, Connection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n");
    sent = send_until_refused(connection, 64u << 20);
  });
  const auto fetched = fetch(server, {.url = "/"});
  EXPECT_EQ(kind(fetched), FailureKind::too_large);
  EXPECT_EQ(fetched.error().message, fmt::format("the answer of {} is longer than 8388608 bytes", server.url()));
  server.stop();
  EXPECT_EQ(server.seen().size(), 1U);
  EXPECT_LT(sent, std::size_t{64} << 20) << "and the rest was not taken";
}

TEST(FetcherFault, a_body_of_64_megabytes_in_chunks) {
  std::atomic<std::size_t> sent{0};
  TestServer server([&](const Seen&, Connection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4000000\r\n");
    sent = send_until_refused(connection, 64u << 20);
  });
  EXPECT_EQ(kind(fetch(server, {.url = "/"})), FailureKind::too_large);
  server.stop();
  EXPECT_GT(sent, std::size_t{8} << 20) << "more than the cap was sent";
  EXPECT_LT(sent, std::size_t{64} << 20) << "and the rest was not taken";
}

TEST(FetcherFault, a_body_at_the_cap_and_one_byte_beyond) {
  TestServer server([](const Seen& seen, Connection& connection) {
    connection.send(reply(std::string(std::stoul(seen.target.substr(1)), 'x')));
  });
  EXPECT_TRUE(fetch(server, {.url = "/1000", .max_body_bytes = 1000}));
  EXPECT_EQ(kind(fetch(server, {.url = "/1001", .max_body_bytes = 1000})), FailureKind::too_large);
}

TEST(FetcherFault, a_gzip_bomb_by_size) {
  const std::string bomb = io::testing::gzip(std::string(64u << 20, '\0'));
  ASSERT_LT(bomb.size(), 100'000U);
  TestServer server(always(reply(bomb, "Content-Encoding: gzip\r\n")));
  EXPECT_EQ(kind(fetch(server, {.url = "/"}, {.unpack_ratio = 1'000'000})), FailureKind::too_large);
  EXPECT_EQ(server.seen().size(), 1U);
}

TEST(FetcherFault, a_gzip_bomb_by_ratio) {
  const std::string bomb = io::testing::gzip(std::string(4u << 20, '\0'));
  TestServer server(always(reply(bomb, "Content-Encoding: gzip\r\n")));
  const auto fetched = fetch(server, {.url = "/"});
  EXPECT_EQ(kind(fetched), FailureKind::too_large);
  EXPECT_EQ(fetched.error().message,
            fmt::format("the answer of {} unpacks to more than 100 times its size", server.url()));
  EXPECT_TRUE(fetch(server, {.url = "/"}, {.unpack_ratio = 2000})) << "it is the ratio that was refused";
}

TEST(FetcherFault, a_body_that_does_not_unpack) {
  TestServer server(always(reply("this is not gzip", "Content-Encoding: gzip\r\n")));
  EXPECT_EQ(kind(fetch(server, {.url = "/"})), FailureKind::malformed);
  TestServer unknown(always(reply("x", "Content-Encoding: br\r\n")));
  EXPECT_EQ(kind(fetch(unknown, {.url = "/"})), FailureKind::malformed);
}

TEST(FetcherFault, a_packed_body_that_ends_early) {
  const std::string packed = io::testing::gzip("a body of some length, which must not arrive as a part of it");
  TestServer server(always(reply(packed.substr(0, packed.size() - 9), "Content-Encoding: gzip\r\n")));
  EXPECT_EQ(kind(fetch(server, {.url = "/"})), FailureKind::malformed);
  EXPECT_EQ(server.seen().size(), 1U);
}

TEST(FetcherFault, headers_without_end) {
  TestServer server([](const Seen&, Connection& connection) {
    connection.send("HTTP/1.1 200 OK\r\n");
    while (connection.send("X-More: and more and more and more\r\n")) {
    }
  });
  EXPECT_EQ(kind(fetch(server, {.url = "/"})), FailureKind::too_large);
}

TEST(FetcherFault, malformed_headers) {
  for (const char* answer :
       {"hello\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX y: 1\r\n\r\n", "HTTP/1.1 200 OK\r\nX: a\x01\x62\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"}) {
    TestServer server([&](const Seen&, Connection& connection) {
      connection.send(answer);
      connection.close();
    });
    EXPECT_EQ(kind(fetch(server, {.url = "/"})), FailureKind::malformed) << answer;
    EXPECT_GE(server.seen().size(), 1U);
  }
}

TEST(FetcherFault, nobody_listens) {
  std::string at;
  {
    TestServer gone(always(""));
    at = gone.at();
  }
  Fetcher fetcher(allowing({at}));
  const auto fetched = fetcher.fetch({.url = "http://" + at + "/"});
  EXPECT_EQ(kind(fetched), FailureKind::connect);
  EXPECT_EQ(fetched.error().message, "nobody answers at " + at);
}

TEST(FetcherFault, a_name_without_address) {
  Fetcher fetcher(FetchOptions{});
  const auto fetched = fetcher.fetch({.url = "http://name.invalid/"});
  EXPECT_EQ(kind(fetched), FailureKind::dns);
  EXPECT_EQ(fetched.error().message.substr(0, 40), "the name name.invalid has no address; ch");
}

}  // namespace
}  // namespace renown::net
