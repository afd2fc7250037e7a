/// What the tests of this folder share: a small blocking HTTP server on this machine that can be as bad as servers are.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <openssl/types.h>

namespace renown::net::test {

/// One accepted connection. What a handler does to it, the client sees.
class Connection {
 public:
  Connection(int descriptor, SSL_CTX* tls);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool is_open() const { return open_; }

  /// false once the client has gone.
  bool send(std::string_view bytes);

  /// Ends the connection by RST, as a crashing server does.
  void reset();

  void close();

  /// Waits until the client gives up or the server stops.
  void wait_for_close();

  long receive(char* buffer, std::size_t size);

  void shut();  ///< from another thread

 private:
  int descriptor_;
  SSL* ssl_ = nullptr;
  bool open_ = true;
};

/// The body of a request with this header is left unread.
inline constexpr std::string_view kHangUp = "X-Hang-Up: 1";

/// A request as the server read it.
struct Seen {
  std::string method, target, head, body;

  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

std::string reply(std::string_view body, std::string_view headers = "", std::string_view status = "200 OK");
std::string redirect_to(std::string_view where, std::string_view status = "302 Found");

class TestServer {
 public:
  using Handler = std::function<void(const Seen&, Connection&)>;

  /// everywhere  on every address of this machine, not on 127.0.0.1 alone
  explicit TestServer(Handler handler, SSL_CTX* tls = nullptr, bool everywhere = false);
  ~TestServer() { stop(); }

  /// Waits until every handler has come to its end.
  void stop();
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  int port() const { return port_; }
  std::string at() const;
  std::string url(std::string_view target = "/") const;

  /// Connections so far.
  int accepted() const { return accepted_; }

  /// Requests so far.
  std::vector<Seen> seen() const;

 private:
  void accept_all();

  void serve(int descriptor);

  Handler handler_;
  SSL_CTX* tls_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> accepted_{0};
  mutable std::mutex mutex_;
  std::vector<Connection*> open_;
  std::vector<Seen> seen_;
  std::vector<std::thread> workers_;  ///< the acceptor's alone until it has ended
  std::thread acceptor_;
};

}  // namespace renown::net::test
