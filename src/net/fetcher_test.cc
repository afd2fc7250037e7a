#include "net/fetcher.h"

#include <atomic>
#include <chrono>
#include <future>
#include <thread>
#include <tuple>

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
using test::reply;
using test::Seen;
using test::TestServer;

TEST(Fetcher, gives_status_headers_and_body) {
  TestServer server(always(reply("hello", "X-One: 1\r\nx-one:  2 \r\nEmpty:\r\n", "201 Created")));
  const auto response = fetch(server, {.url = "/path?x=1"});
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 201);
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(response->url, server.url("/path?x=1"));
  EXPECT_EQ(response->headers.all("X-ONE"), "1, 2");
  EXPECT_EQ(response->headers.find("empty"), "");
  EXPECT_EQ(response->headers.find("absent"), std::nullopt);
  const Seen seen = server.seen().at(0);
  EXPECT_EQ(seen.target, "/path?x=1");
  EXPECT_TRUE(seen.has("User-Agent: renown-test\r\n"));
  EXPECT_TRUE(seen.has("Accept-Encoding: gzip, deflate\r\n"));
}

TEST(Fetcher, sends_method_headers_and_body) {
  TestServer server(always(reply("")));
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
    ASSERT_TRUE(fetch(
        server,
        {.method = method, .url = "/", .headers = {{"Authorization", "Bearer x"}, {"X-Empty", ""}}, .body = "a=1"}));
    const Seen seen = server.seen().back();
    EXPECT_EQ(seen.method, method);
    EXPECT_EQ(seen.body, "a=1");
    EXPECT_TRUE(seen.has("Authorization: Bearer x\r\n"));
    EXPECT_TRUE(seen.has("X-Empty:\r\n"));
  }
  const auto head = fetch(server, {.method = "HEAD", .url = "/"});
  ASSERT_TRUE(head) << head.error().message;
  EXPECT_EQ(server.seen().back().method, "HEAD");
}

TEST(Fetcher, statuses_are_responses) {
  const std::pair<const char*, StatusClass> cases[] = {{"200 OK", StatusClass::ok},
                                                       {"204 No Content", StatusClass::ok},
                                                       {"304 Not Modified", StatusClass::not_modified},
                                                       {"302 Found", StatusClass::redirected},
                                                       {"401 Unauthorized", StatusClass::unauthorized},
                                                       {"403 Forbidden", StatusClass::forbidden},
                                                       {"404 Not Found", StatusClass::not_found},
                                                       {"410 Gone", StatusClass::gone},
                                                       {"418 Teapot", StatusClass::client_error},
                                                       {"429 Too Many Requests", StatusClass::rate_limited},
                                                       {"500 Oops", StatusClass::server_error},
                                                       {"503 Busy", StatusClass::server_error}};
  for (const auto& [status, wanted] : cases) {
    TestServer server([&](const Seen&, Connection& connection) {
      connection.send(fmt::format("HTTP/1.1 {}\r\nConnection: close\r\n\r\n", status));
      connection.close();
    });
    const auto response = fetch(server, {.url = "/"});
    ASSERT_TRUE(response) << status << ": " << response.error().message;
    EXPECT_EQ(status_class(response->status), wanted) << status;
  }
}

TEST(Fetcher, unpacks_gzip) {
  const std::string text(100'000, 'a');
  TestServer server(always(reply(io::testing::gzip(text), "Content-Encoding: gzip\r\n")));
  const auto response = fetch(server, {.url = "/"});
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, text);
}

TEST(Fetcher, unpacks_several_members_and_both_kinds_of_deflate) {
  const std::string gzip = io::testing::gzip("a");
  const std::string zlib_body(std::string_view("\x78\x9c\x4b\x04\x00\x00\x62\x00\x62", 9)),
      bare_body(std::string_view("\x4b\x04\x00", 3));
  for (const auto& [encoding, body, wanted] : {std::tuple{"gzip", gzip + gzip, "aa"},
                                               {"GZIP", gzip, "a"},
                                               {"deflate", zlib_body, "a"},
                                               {"deflate", bare_body, "a"},
                                               {"gzip", std::string(), ""}}) {
    TestServer server(always(reply(body, fmt::format("Content-Encoding: {}\r\n", encoding))));
    const auto response = fetch(server, {.url = "/"});
    ASSERT_TRUE(response) << encoding << ": " << response.error().message;
    EXPECT_EQ(response->body, wanted) << encoding;
  }
}

TEST(Fetcher, drops_the_headers_of_an_interim_response) {
  TestServer server(always("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" + reply("x", "X-Final: 1\r\n")));
  const auto response = fetch(server, {.url = "/"});
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->headers.find("link"), std::nullopt);
  EXPECT_EQ(response->headers.find("x-final"), "1");
}

TEST(Fetcher, does_not_send_what_would_be_another_header) {
  TestServer server(always(reply("")));
  for (const Request& request :
       {Request{.url = "/", .headers = {{"X", "a\r\nY: b"}}}, Request{.url = "/", .headers = {{"X y", "a"}}},
        Request{.url = "/", .headers = {{"", "a"}}}, Request{.method = "GET /x HTTP/1.1\r\n", .url = "/"},
        Request{.method = "", .url = "/"}}) {
    EXPECT_EQ(kind(fetch(server, request)), FailureKind::bad_request);
  }
  EXPECT_EQ(server.accepted(), 0);
}

TEST(FetchAll, answers_in_order_within_the_limits) {
  std::atomic<int> now{0}, most{0};
  TestServer server([&](const Seen& seen, Connection& connection) {
    const int here = ++now;
    for (int before = most; before < here && !most.compare_exchange_weak(before, here);) {
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    --now;
    connection.send(reply(seen.target));
  });
  Fetcher fetcher(allowing({server.at()}));
  std::vector<Request> requests;
  for (int i = 0; i < 40; ++i) requests.push_back({.url = server.url(fmt::format("/{}", i))});
  requests.push_back({.url = "not a url"});
  const auto all = fetcher.fetch_all(requests);
  ASSERT_EQ(all.size(), 41U);
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(all[i]) << all[i].error().message;
    EXPECT_EQ(all[i]->body, fmt::format("/{}", i));
  }
  EXPECT_EQ(kind(all[40]), FailureKind::bad_url);
  EXPECT_EQ(most, 2) << "two at once for one host, and never more";
  EXPECT_LE(server.accepted(), 3) << "connections are kept";
}

TEST(FetchAll, of_nothing_is_nothing) {
  EXPECT_TRUE(Fetcher(FetchOptions{}).fetch_all({}).empty());
}

TEST(FetchAll, a_slow_host_holds_up_no_other) {
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  TestServer slow([released](const Seen&, Connection& connection) {
    released.wait();
    connection.send(reply("slow"));
  });
  TestServer quick([&](const Seen&, Connection& connection) {
    connection.send(reply("quick"));
    release.set_value();
  });
  Fetcher fetcher(allowing({slow.at(), quick.at()}));
  const std::vector<Request> requests{
      {.url = slow.url()}, {.url = slow.url()}, {.url = slow.url()}, {.url = quick.url()}};
  for (const Fetched& fetched : fetcher.fetch_all(requests)) EXPECT_TRUE(fetched) << fetched.error().message;
}

TEST(FetchAll, stops_when_it_is_told_to) {
  std::stop_source stop;
  TestServer server([&](const Seen& seen, Connection& connection) {
    if (seen.target == "/0") return static_cast<void>(connection.send(reply("done")));
    stop.request_stop();
    connection.wait_for_close();
  });
  std::vector<Request> requests;
  for (int i = 0; i < 5; ++i) requests.push_back({.url = server.url(fmt::format("/{}", i))});
  FetchOptions options = allowing({server.at()});
  options.limits.at_once = 1;
  Fetcher narrow(std::move(options));
  const auto all = narrow.fetch_all(requests, stop.get_token());
  ASSERT_TRUE(all[0]) << "what was there before the stop is kept";
  for (int i = 1; i < 5; ++i) EXPECT_EQ(kind(all[i]), FailureKind::cancelled);
  EXPECT_EQ(server.seen().size(), 2U);
  EXPECT_EQ(kind(narrow.fetch(requests[0], stop.get_token())), FailureKind::cancelled);
  EXPECT_TRUE(narrow.fetch(requests[0])) << "and can be used again";
}

}  // namespace
}  // namespace renown::net
