/// What the tests of this folder share: a server with a few routes, and a blocking client that sends any bytes.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ascii.h"
#include "http/problem.h"
#include "http/server.h"

namespace renown::http::test {

/// An answer as a client reads it.
struct Answer {
  int status = 0;  ///< 0: there was none
  std::string head, body;

  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

/// A connection. Waits for answers for at most five seconds.
class Client {
 public:
  /// from  an address of the loopback network, so that one machine can be many clients
  explicit Client(std::uint16_t port, std::string_view from = "127.0.0.1", int receive_bytes = 0) {
    descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_bytes > 0) ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    ::inet_pton(AF_INET, std::string(from).c_str(), &address.sin_addr);
    if (from != "127.0.0.1") ::bind(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    address.sin_port = htons(port);
    is_open_ = ::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  Client(Client&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), is_open_(other.is_open_), in_(std::move(other.in_)) {}
  Client& operator=(Client&&) = delete;
  ~Client() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  bool is_open() const { return is_open_; }

  /// false once the server does not take it any more.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const long sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// The next answer; after a HEAD there is no body to wait for.
  Answer receive(bool has_body = true) {
    Answer answer;
    std::size_t end = 0;
    while ((end = in_.find("\r\n\r\n")) == std::string::npos) {
      if (!more()) return answer;
    }
    answer.head = in_.substr(0, end + 4);
    in_.erase(0, end + 4);
    answer.status = std::stoi(answer.head.substr(9, 3));
    std::size_t size = 0;
    if (const auto at = answer.head.find("Content-Length: "); at != std::string::npos && has_body) {
      size = std::stoul(answer.head.substr(at + 16));
    }
    while (in_.size() < size) {
      if (!more()) break;
    }
    answer.body = in_.substr(0, size);
    in_.erase(0, size);
    return answer;
  }

  /// All that comes until the server closes.
  std::string receive_all() {
    while (more()) continue;
    return std::exchange(in_, {});
  }

  Answer ask(std::string_view bytes) {
    send(bytes);
    return receive();
  }

  Answer get(std::string_view target, std::string_view headers = "") {
    return ask(fmt::format("GET {} HTTP/1.1\r\nHost: test\r\n{}\r\n", target, headers));
  }

  /// Whether the server closes within so long, sending nothing more.
  bool is_closed_within(std::chrono::milliseconds time) {
    if (!in_.empty()) return false;
    pollfd one{descriptor_, POLLIN, 0};
    char byte = 0;
    return ::poll(&one, 1, static_cast<int>(time.count())) == 1 && ::recv(descriptor_, &byte, 1, MSG_PEEK) <= 0;
  }

  /// Ends it by RST, without the state that a port keeps after a goodbye.
  void reset() {
    const linger now{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  }

  void shut_sending() const { ::shutdown(descriptor_, SHUT_WR); }

 private:
  bool more() {
    pollfd one{descriptor_, POLLIN, 0};
    if (::poll(&one, 1, 5'000) != 1) return false;
    char buffer[16'384];
    const long count = ::recv(descriptor_, buffer, sizeof buffer, 0);
    if (count > 0) in_.append(buffer, static_cast<std::size_t>(count));
    return count > 0;
  }

  int descriptor_;
  bool is_open_;
  std::string in_;
};

/// Routes that show what a handler was given, and behave as handlers do.
struct TestRoutes {
  std::atomic<bool> is_held{false};  ///< /slow and /slow-io wait while it is
  std::atomic<int> running{0};

  std::vector<Route> make() {
    const auto wait = [this](const Request&) {
      ++running;
      while (is_held) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      --running;
      return Response{.body = "{}"};
    };
    std::vector<Route> routes;
    routes.push_back({.path = "/hello",
                      .id = "hello",
                      .summary = "Says hello.",
                      .parameters = {{.name = "n", .description = "A number.", .type = ParameterType::integer}},
                      .answers = {{.description = "Hello."}},
                      .handler = [](const Request&) { return Response{.body = R"({"hello":"world"})"}; }});
    routes.push_back({.path = "/people/{person}",
                      .id = "person",
                      .summary = "One person.",
                      .parameters = {{.name = "person", .description = "Who."}},
                      .answers = {{.description = "The person."}},
                      .handler = [](const Request& request) {
                        return Response{.body =
                                            fmt::format("{} of {}", *request.arguments.text("person"), request.client)};
                      }});
    routes.push_back({.method = "POST",
                      .path = "/echo",
                      .id = "echo",
                      .summary = "Says it again.",
                      .body = RequestBody{.content_type = "text/plain", .most_bytes = 1'000},
                      .answers = {{.description = "The same.", .content_type = "text/plain"}},
                      .handler = [](const Request& request) {
                        return Response{.content_type = "text/plain", .body = request.body};
                      }});
    routes.push_back(
        {.path = "/throws", .id = "throws", .summary = "Fails.", .handler = [](const Request&) -> Response {
           throw std::runtime_error("a defect");
         }});
    routes.push_back({.path = "/split", .id = "split", .summary = "Fails.", .handler = [](const Request&) {
                        return Response{.headers = {{"X-Name", "a\r\nX-Other: b"}}};
                      }});
    routes.push_back({.path = "/large", .id = "large", .summary = "Much.", .handler = [](const Request&) {
                        return Response{.content_type = "image/png", .body = std::string(8 << 20, 'x')};
                      }});
    routes.push_back({.path = "/written",
                      .id = "written",
                      .summary = "Waits for a disk.",
                      .run_on = RunOn::disk,
                      .handler = [](const Request&) { return Response{.body = "{}"}; }});
    routes.push_back({.path = "/slow", .id = "slow", .summary = "Waits.", .run_on = RunOn::workers, .handler = wait});
    return routes;
  }
};

/// A server of these routes, for as long as it is needed.
struct TestServer {
  explicit TestServer(ServerOptions options = {}, ServiceOptions service_options = {})
      : service(*Router::make(routes.make()), std::move(service_options)) {
    auto started = Server::start(service, std::move(options));
    if (!started) throw std::runtime_error(started.error().message);
    server = std::move(*started);
  }
  ~TestServer() { routes.is_held = false; }

  std::uint16_t port() const { return server->port(); }
  Client client(std::string_view from = "127.0.0.1") const { return Client(port(), from); }

  /// Waits until so many handlers run.
  void wait_for_running(int count) const {
    for (int i = 0; i < 5'000 && routes.running != count; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_EQ(routes.running, count);
  }

  TestRoutes routes;
  Service service;
  std::unique_ptr<Server> server;
};

}  // namespace renown::http::test
