// Many connections at once, and any bytes. The quick sizes run with the other tests; CMakeLists.txt gives the long
// ones.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "http/testing.h"

namespace renown::http {
namespace {

using namespace std::chrono_literals;
using test::Client;
using test::TestServer;

std::size_t size_from(const char* name, std::size_t quick) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoul(text, nullptr, 10) : quick;
}

/// false where the system does not allow so many open files.
bool raise_open_files(std::size_t wanted) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= wanted) return true;
  limit.rlim_cur = wanted;
  limit.rlim_max = std::max<rlim_t>(limit.rlim_max, wanted);
  return ::setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

/// A server in a process of its own: its open files and its memory are counted apart from those of its clients.
class ServerProcess {
 public:
  explicit ServerProcess(const ServerOptions& options) {
    std::array<int, 2> up{}, down{};
    EXPECT_EQ(::pipe(up.data()) | ::pipe(down.data()), 0);
    id_ = ::fork();
    if (id_ == 0) {
      ::close(down[1]);
      const TestServer server(options);
      const std::uint16_t port = server.port();
      if (::write(up[1], &port, sizeof port) != sizeof port) ::_exit(1);
      char byte = 0;
      while (::read(down[0], &byte, 1) > 0) continue;  // until the test has ended
      ::_exit(0);
    }
    ::close(down[0]);
    ::close(up[1]);
    until_ = down[1];
    EXPECT_EQ(::read(up[0], &port_, sizeof port_), static_cast<long>(sizeof port_));
    ::close(up[0]);
  }
  ~ServerProcess() {
    ::close(until_);
    int status = 0;
    ::waitpid(id_, &status, 0);
    EXPECT_EQ(status, 0) << "it came to no harm";
  }

  std::uint16_t port() const { return port_; }
  Client client() const { return Client(port_); }

  double resident_megabytes() const {
    std::ifstream file(fmt::format("/proc/{}/statm", id_));
    double whole = 0, resident = 0;
    file >> whole >> resident;
    return resident * 4096 / 1e6;
  }

 private:
  int id_ = 0, until_ = -1;
  std::uint16_t port_ = 0;
};

TEST(ServerLoad, ManyConnectionsStayOpenAndAFreshOneIsAnswered) {
  const std::size_t count = size_from("RENOWN_HTTP_CONNECTIONS", 1'000);
  if (!raise_open_files(count + 200)) GTEST_SKIP() << "the system does not allow " << count + 200 << " open files";
  const ServerProcess server({.limits = {.connections_per_address = 0, .idle_time = 300s}});
  EXPECT_EQ(server.client().get("/hello").status, 200);
  std::vector<Client> open;
  open.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    open.emplace_back(server.port());
    ASSERT_TRUE(open.back().is_open()) << i;
  }
  for (Client& each : open) each.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  for (Client& each : open) ASSERT_EQ(each.receive().status, 200);
  const double megabytes = server.resident_megabytes();
  std::vector<double> fresh_ms;
  for (int i = 0; i < 100; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(server.client().get("/hello").status, 200);
    fresh_ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::ranges::sort(fresh_ms);
  fmt::print(
      "{} idle connections: the server's process has {:.1f} MB; a fresh request {:.2f} ms (median), {:.2f} ms "
      "(worst)\n",
      count, megabytes, fresh_ms[50], fresh_ms.back());
  EXPECT_LE(megabytes, 100);
  for (Client& each : open) ASSERT_EQ(each.get("/hello").status, 200) << "none was forgotten";
}

/// A valid request that something happened to.
std::string mutated(std::mt19937_64& random) {
  static const std::vector<std::string> kValid{
      "GET /hello?n=7 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nIf-None-Match: \"a\"\r\n\r\n",
      "GET http://a/people/%41nn HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.2.3.4\r\nForwarded: for=\"[::1]\"\r\n\r\n",
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;x=y\r\nhello\r\n0\r\n\r\n",
      "HEAD /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc"};
  static const std::vector<std::string> kPieces{"\r\n",
                                                "\n",
                                                "\r",
                                                " ",
                                                "\t",
                                                "\0",
                                                ":",
                                                "%",
                                                "?",
                                                "&n=",
                                                "chunked",
                                                "\r\n\r\n",
                                                "Content-Length: 5\r\n",
                                                "Transfer-Encoding: chunked\r\n",
                                                "0\r\n\r\n",
                                                "\xff\xfe",
                                                "18446744073709551615",
                                                "/../",
                                                "HTTP/1.1",
                                                "Host: b\r\n"};
  const auto below = [&](std::size_t end) {
    return static_cast<std::size_t>(random() % std::max<std::size_t>(end, 1));
  };
  std::string request = kValid[below(kValid.size())];
  if (below(4) == 0) request += kValid[below(kValid.size())];
  for (std::size_t times = 1 + below(4); times > 0; --times) {
    if (request.empty()) break;
    const std::size_t at = below(request.size());
    switch (below(5)) {
      case 0:
        request[at] = static_cast<char>(below(256));
        break;
      case 1:
        request.insert(at, kPieces[below(kPieces.size())]);
        break;
      case 2:
        request.erase(at, 1 + below(8));
        break;
      case 3:
        request.resize(at + 1);
        break;
      case 4:
        request.insert(at, request.substr(below(request.size()), 1 + below(40)));
        break;
    }
  }
  return request;
}

TEST(ServerLoad, MutatedRequestsAreAnsweredOrRefusedAndNeverBreakIt) {
  const std::size_t count = size_from("RENOWN_HTTP_MUTATIONS", 3'000);
  TestServer server({.limits = {.head_time = 2s, .body_time = 2s, .write_time = 2s}});
  constexpr std::string_view kStatus = "HTTP/1.1 ";
  std::mt19937_64 random(20'261'128);
  std::array<std::size_t, 6> by_class{};
  for (std::size_t i = 0; i < count; ++i) {
    Client client = server.client();
    const std::string request = mutated(random);
    client.send(request);
    client.shut_sending();
    const std::string answers = client.receive_all();
    for (auto at = answers.find(kStatus); at != std::string::npos; at = answers.find(kStatus, at + 1)) {
      const std::string status = answers.substr(at + kStatus.size(), 3);
      if (status.size() != 3 || !std::ranges::all_of(status, base::is_digit)) continue;  // a sentence of a body
      ++by_class[static_cast<std::size_t>(std::clamp(status[0] - '0', 0, 5))];
      const bool is_known = status == "501" || status == "505";  // a transfer coding, a version
      ASSERT_TRUE(status[0] < '5' || is_known) << status << " for " << request;
    }
    client.reset();
  }
  fmt::print("{} mutated requests: {} answers 2xx, {} 4xx, {} 501 or 505\n", count, by_class[2], by_class[4],
             by_class[5]);
  EXPECT_GT(by_class[2], 0u);
  EXPECT_GT(by_class[4], 0u);
  EXPECT_EQ(server.client().get("/hello").status, 200);
}

}  // namespace
}  // namespace renown::http
