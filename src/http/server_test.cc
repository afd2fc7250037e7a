#include "http/server.h"

#include <gtest/gtest.h>

#include "http/testing.h"

namespace renown::http {
namespace {

using namespace std::chrono_literals;
using test::Answer;
using test::Client;
using test::TestServer;

TEST(Server, AnswersAndKeepsTheConnection) {
  TestServer server({.unix_seconds = [] { return std::int64_t{784111777}; }});
  Client client = server.client();
  for (int i = 0; i < 3; ++i) {
    const Answer answer = client.get("/hello");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"hello":"world"})");
    EXPECT_TRUE(answer.has("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
    EXPECT_TRUE(answer.has("X-Content-Type-Options: nosniff\r\n"));
    EXPECT_FALSE(answer.has("Connection:"));
  }
  EXPECT_EQ(client.get("/people/ann%20b").body, "ann b of 127.0.0.1");
  EXPECT_EQ(client.get("http://other.example/hello").status, 200) << "a target as proxies are sent it";
  EXPECT_EQ(client.get("/hello?n=x").status, 400);
  EXPECT_EQ(client.get("/nothing").status, 404);
  EXPECT_EQ(
      client.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi").body,
      "hi");
}

TEST(Server, HeadOptionsAndMethodsComeFromTheTable) {
  TestServer server;
  Client client = server.client();
  client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  const Answer head = client.receive(false);
  EXPECT_EQ(head.status, 200);
  EXPECT_TRUE(head.has("Content-Length: 17\r\n"));
  const Answer options = client.ask("OPTIONS /echo HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(options.status, 204);
  EXPECT_TRUE(options.has("Allow: OPTIONS, POST\r\n"));
  const Answer other = client.ask("DELETE /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(other.status, 405);
  EXPECT_TRUE(other.has("Allow: GET, HEAD, OPTIONS\r\n"));
  EXPECT_EQ(client.ask("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").status, 204);
}

TEST(Server, OldClientsAreSpokenToInTheirWay) {
  TestServer server;
  Client once = server.client();
  const Answer closed = once.ask("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(closed.has("Connection: close\r\n"));
  once.shut_sending();
  EXPECT_TRUE(once.is_closed_within(1s));
  Client kept = server.client();
  EXPECT_TRUE(kept.ask("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").has("Connection: keep-alive\r\n"));
  EXPECT_EQ(kept.get("/hello").status, 200);
}

TEST(Server, RequestsThatComeTogetherAreAnsweredInOrder) {
  TestServer server;
  Client client = server.client();
  std::string all;
  for (int i = 0; i < 500; ++i) {
    all += fmt::format(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
        "{:x}\r\n{}\r\n0\r\n\r\nGET /people/{} HTTP/1.1\r\nHost: a\r\n\r\n",
        fmt::formatted_size("{}", i), i, i);
  }
  std::thread sender([&] { client.send(all); });
  for (int i = 0; i < 500; ++i) {
    ASSERT_EQ(client.receive().body, fmt::format("{}", i));
    ASSERT_EQ(client.receive().body, fmt::format("{} of 127.0.0.1", i));
  }
  sender.join();
}

TEST(Server, ARequestMayComeByteByByte) {
  TestServer server;
  Client client = server.client();
  for (const char c : std::string_view("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
                                       "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n")) {
    client.send(std::string_view(&c, 1));
  }
  EXPECT_EQ(client.receive().body, "hi");
}

TEST(Server, WhatIsNoRequestIsRefusedAndTheConnectionClosed) {
  TestServer server;
  for (const std::string_view bytes :
       {"\x16\x03\x01\x02\x01\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET /hello HTTP/1.1\nHost: a\n\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /hello "
        "HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
        "GET /hello HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n"}) {
    Client client = server.client();
    const Answer answer = client.ask(bytes);
    EXPECT_EQ(answer.status, 400) << bytes;
    EXPECT_TRUE(answer.has("Connection: close\r\n")) << bytes;
    EXPECT_TRUE(answer.has("Content-Type: application/problem+json\r\n")) << bytes;
    EXPECT_TRUE(client.is_closed_within(3s)) << bytes << ": and nothing behind it is answered";
  }
  Client endless = server.client();
  EXPECT_EQ(endless.ask("GET /" + std::string(20 << 10, 'a')).status, 431);
  EXPECT_EQ(server.client().get("/hello").status, 200);
}

TEST(Server, ABodyThatIsTooLongIsNotRead) {
  TestServer server;
  constexpr std::uint64_t kMany = 64 << 20;
  {
    Client asks = server.client();
    const Answer answer =
        asks.ask(fmt::format("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nExpect: "
                             "100-continue\r\nContent-Length: {}\r\n\r\n",
                             kMany));
    EXPECT_EQ(answer.status, 413);
  }
  {
    Client sends = server.client();
    sends.send(
        fmt::format("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n", kMany));
    const std::string piece(1 << 20, 'x');
    for (std::uint64_t sent = 0; sent < kMany && sends.send(piece); sent += piece.size()) continue;
    EXPECT_EQ(sends.receive().status, 413) << "the answer survives what was sent meanwhile";
  }
  {
    Client chunks = server.client();
    chunks.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "100000\r\n" + std::string(1 << 20, 'x') + "\r\n";
    for (int i = 0; i < 64 && chunks.send(chunk); ++i) continue;
    EXPECT_EQ(chunks.receive().status, 413);
  }
  EXPECT_EQ(server.client().ask("GET /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx").status, 413);
  EXPECT_EQ(server.client().ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx").status, 415);
}

TEST(Server, AClientThatAsksFirstIsToldToGoOn) {
  TestServer server;
  Client client = server.client();
  client.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nExpect: 100-continue\r\nContent-Length: "
      "2\r\n\r\n");
  EXPECT_EQ(client.receive(false).status, 100);
  EXPECT_EQ(client.ask("hi").body, "hi");
}

ServerLimits hurried() {
  return {.head_time = 200ms,
          .body_time = 200ms,
          .write_time = 200ms,
          .least_bytes_per_second = 1 << 30,
          .idle_time = 300ms};
}

TEST(Server, SlowClientsAreNotWaitedFor) {
  TestServer server({.limits = hurried()});
  Client silent = server.client(), head = server.client(), body = server.client(), idle = server.client();
  EXPECT_EQ(idle.get("/hello").status, 200);
  body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\n");
  head.send("GET /hello HTTP/1.1\r\n");
  for (int i = 0; i < 10; ++i) {  // a byte now and then does not help
    std::this_thread::sleep_for(40ms);
    head.send("X");
    if (i < 5) body.send("x");
  }
  EXPECT_EQ(head.receive().status, 408);
  EXPECT_EQ(body.receive().status, 408);
  EXPECT_TRUE(silent.is_closed_within(1s));
  EXPECT_TRUE(idle.is_closed_within(1s));
}

TEST(Server, WhoDoesNotTakeHisAnswerIsLeft) {
  TestServer server({.limits = hurried()});
  Client slow(server.port(), "127.0.0.1", 2048);
  slow.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  for (int i = 0; i < 100 && server.service.metrics().timed_out == 0; ++i) std::this_thread::sleep_for(20ms);
  EXPECT_EQ(server.service.metrics().timed_out, 1u);
  EXPECT_EQ(server.client().get("/hello").status, 200);
}

TEST(Server, ConnectionsHaveACapInAllAndByAddress) {
  TestServer server({.limits = {.connections = 4, .connections_per_address = 3}});
  std::vector<Client> open;
  for (int i = 0; i < 3; ++i) {
    open.push_back(server.client());
    EXPECT_EQ(open.back().get("/hello").status, 200);
  }
  EXPECT_EQ(server.client().receive().status, 503) << "one more of this address";
  open.push_back(server.client("127.0.0.2"));
  EXPECT_EQ(open.back().get("/hello").status, 200) << "another address";
  EXPECT_EQ(server.client("127.0.0.3").receive().status, 503) << "one more in all";
  open.clear();
  for (int i = 0; i < 100 && server.service.metrics().open_connections > 0; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(server.client().get("/hello").status, 200) << "there is room again";
  EXPECT_EQ(server.service.metrics().refused_connections, 2u);
}

TEST(Server, AHandlerThatFailsIsA500AndALineOfTheLog) {
  std::mutex mutex;
  std::vector<std::string> lines;
  TestServer server({}, {.error_log = [&](std::string_view line) {
                      const std::lock_guard lock(mutex);
                      lines.emplace_back(line);
                    }});
  Client client = server.client();
  const Answer answer = client.get("/throws");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body.find("defect"), std::string::npos) << "not for strangers";
  const Answer split = client.get("/split");
  EXPECT_EQ(split.status, 500);
  EXPECT_FALSE(split.has("X-Other"));
  EXPECT_EQ(client.get("/hello").status, 200);
  const std::lock_guard lock(mutex);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0], "the handler of throws failed: a defect");
}

TEST(Server, AFullPoolSaysSoAndOtherRoutesGoOn) {
  TestServer server({.workers = 2, .worker_queue = 1});
  server.routes.is_held = true;
  std::vector<Client> busy;
  for (int i = 0; i < 2; ++i) {
    busy.push_back(server.client());
    busy.back().send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    server.wait_for_running(i + 1);
  }
  // One waits, and of two that come then the other is told to come again.
  Client first = server.client(), second = server.client();
  first.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  std::this_thread::sleep_for(100ms);
  const Answer full = second.get("/slow");
  EXPECT_EQ(full.status, 503);
  EXPECT_TRUE(full.has("Retry-After: 1\r\n"));
  EXPECT_EQ(second.get("/hello").status, 200);
  EXPECT_EQ(second.get("/written").status, 200) << "the disk has threads of its own";
  server.routes.is_held = false;
  for (Client& each : busy) EXPECT_EQ(each.receive().status, 200);
  EXPECT_EQ(first.receive().status, 200);
}

TEST(Server, StopFinishesWhatIsBeingAnswered) {
  TestServer server;
  server.routes.is_held = true;
  Client busy = server.client(), idle = server.client();
  EXPECT_EQ(idle.get("/hello").status, 200);
  busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  server.wait_for_running(1);
  std::thread stopping([&] { server.server->stop(5s); });
  EXPECT_TRUE(idle.is_closed_within(2s));
  bool lets_in = true;  // until each thread has seen it
  for (int i = 0; i < 400 && lets_in; ++i) {
    lets_in = server.client().is_open();
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_FALSE(lets_in);
  server.routes.is_held = false;
  const Answer answer = busy.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.has("Connection: close\r\n"));
  busy.shut_sending();
  stopping.join();
}

TEST(Server, StopTakesNoLongerThanItIsGiven) {
  TestServer server;
  Client half = server.client();
  half.send("GET /hello HTTP/1.1\r\n");
  std::this_thread::sleep_for(50ms);
  const auto begin = std::chrono::steady_clock::now();
  server.server->stop(200ms);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
  EXPECT_TRUE(half.is_closed_within(1s));
}

TEST(Server, APortThatIsTakenIsNotShared) {
  TestServer server;
  const auto second = Server::start(server.service, {.port = server.port()});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::busy);
  EXPECT_FALSE(Server::start(server.service, {.address = "localhost"}));
  EXPECT_FALSE(Server::start(server.service, {.address = "192.0.2.1"}));
}

TEST(Server, TheGuardDecidesBeforeTheBodyIsRead) {
  TestServer server({}, {.guard = [](Request& request, const Route&, Headers& headers) -> std::optional<Response> {
                      headers.add("RateLimit", "\"default\";r=1;t=1");
                      if (request.headers.find("Authorization") == "Bearer good") return std::nullopt;
                      return problem(401, "say who you are");
                    }});
  Client client = server.client();
  EXPECT_EQ(client.get("/hello?unknown=1").status, 401) << "strangers do not learn what is asked wrongly";
  const Answer answer = client.get("/hello", "Authorization: Bearer good\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.has("RateLimit: \"default\";r=1;t=1\r\n"));
  const Answer refused = client.ask(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nExpect: "
      "100-continue\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(refused.status, 401);
  EXPECT_TRUE(refused.has("Connection: close\r\n"));
}

TEST(Server, AGuardThatFailsLetsNobodyIn) {
  TestServer server({}, {.guard = [](Request&, const Route& route, Headers&) -> std::optional<Response> {
                      if (route.id == "hello") throw std::runtime_error("no store");
                      throw 1;
                    }});
  Client client = server.client();
  EXPECT_EQ(client.get("/hello").status, 500);
  EXPECT_EQ(client.get("/people/ann").status, 500);
}

TEST(Server, BehindAProxyTheClientIsWhoTheProxySays) {
  TestServer server({.proxies = *Proxies::make(std::vector<std::string>{"127.0.0.1"})});
  EXPECT_EQ(server.client().get("/people/a", "X-Forwarded-For: 1.2.3.4\r\n").body, "a of 1.2.3.4");
  EXPECT_EQ(server.client("127.0.0.2").get("/people/a", "X-Forwarded-For: 1.2.3.4\r\n").body, "a of 127.0.0.2");
}

TEST(Server, WhatItDidIsCountedAndLoggedWithoutNames) {
  std::mutex mutex;
  std::string log;
  TestServer server({}, {.access_log = [&](const AccessEntry& entry) {
                      const std::lock_guard lock(mutex);
                      log += fmt::format("{} {} {} {}\n", entry.method, entry.route_id, entry.status, entry.body_bytes);
                    }});
  {
    Client client = server.client();
    client.get("/people/ann");
    client.get("/people/ann/secret");
    client.ask("BREW /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    client.get("/hello");
  }
  std::this_thread::sleep_for(50ms);
  const std::string text = server.service.metrics().prometheus_text();
  EXPECT_NE(text.find("renown_http_requests_total{route=\"person\",status=\"2xx\"} 1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("renown_http_requests_total{route=\"none\",status=\"4xx\"} 2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("renown_http_request_seconds_bucket{route=\"hello\",le=\"+Inf\"} 1\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("renown_http_open_connections 0\n"), std::string::npos) << text;
  const std::lock_guard lock(mutex);
  EXPECT_TRUE(log.starts_with("GET person 200 16\nGET none 404 ")) << log;
  EXPECT_NE(log.find("other none 405"), std::string::npos) << log;
  EXPECT_EQ(log.find("ann"), std::string::npos);
}

}  // namespace
}  // namespace renown::http
