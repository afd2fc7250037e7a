/// Server: HTTP/1.1 and 1.0 over TCP for a Service.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "renown/result.h"

#include "http/head.h"
#include "http/proxies.h"
#include "http/service.h"

namespace renown::http {

struct ServerLimits {
  HeadLimits head = {};
  std::size_t connections = 20'000;              ///< open at once; one more gets a 503 and is closed
  std::size_t connections_per_address = 256;     ///< the same for one address (IPv6: one /64); proxies are not counted
  std::chrono::milliseconds head_time{10'000};   ///< from its first byte, or from the connection's begin, to its end
  std::chrono::milliseconds body_time{20'000};   ///< for the body of a request, longer by its bytes so far
  std::chrono::milliseconds write_time{20'000};  ///< for the client to take an answer, longer by the bytes it took
  std::uint64_t least_bytes_per_second = 4096;   ///< that bodies and answers must make beyond those times
  std::chrono::milliseconds idle_time{60'000};   ///< between two requests of a connection
};

struct ServerOptions {
  std::string address = "127.0.0.1";  ///< of this machine; other machines reach it by a proxy that speaks TLS
  std::uint16_t port = 0;             ///< 0: any that is free
  unsigned io_threads = 2;            ///< that have the connections
  unsigned workers = 4;               ///< that run handlers of RunOn::workers
  unsigned disk_workers = 32;         ///< that run handlers of RunOn::disk
  std::size_t worker_queue = 64;      ///< requests that wait for one of either; beyond it 503
  ServerLimits limits = {};
  Proxies proxies = {};                             ///< whose X-Forwarded-For is believed
  std::function<std::int64_t()> unix_seconds = {};  ///< the clock, for `Date`; without one it is not sent
};

/// Runs from start() to stop(). Each thread has its own connections and listens by itself (SO_REUSEPORT); handlers run
/// on it, or on the workers. A connection costs about 3 KB while it is idle.
class Server {
 public:
  /// service  outlives the server
  /// errors   bad_input for an address that is none of this machine's, busy for a port that is taken (another server
  ///          with SO_REUSEPORT would silently share it: it is tried without first), io
  static Result<std::unique_ptr<Server>> start(Service& service, ServerOptions options);
  ~Server();

  std::uint16_t port() const;

  /// Takes no more connections, closes those that are idle, finishes what is being read or answered, and closes what is
  /// left after `grace`. Then waits for the handlers that still run: a handler that never returns is not ended.
  /// Calling it again does nothing.
  void stop(std::chrono::milliseconds grace = std::chrono::seconds(10));

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace renown::http
