/// WebSocket: one stream of messages, in and out, over ws or wss.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "net/address_guard.h"
#include "net/message.h"

namespace renown::net {

struct WebSocketOptions {
  AddressGuard guard = {};
  std::string user_agent = {};

  /// As FetchOptions::ca_file.
  std::string ca_file = {};

  /// Sent with the request that opens the stream: Authorization, for example.
  Headers headers = {};

  std::chrono::milliseconds open_time{10'000};  ///< for the name, for connection and TLS, for the handshake, each

  /// Nothing heard for so long is a timeout; after half of it the server is pinged, so that a silent stream lives.
  std::chrono::milliseconds idle_time{60'000};

  std::size_t message_bytes = 4u << 20;  ///< one more is too_large; the firehose's largest frames are about 1 MB
  bool compress = false;                 ///< offer permessage-deflate; off, for a bomb costs its sender nothing
};

struct WebSocketMessage {
  std::string bytes;
  bool is_text = false;
};

/// Blocking; for one thread. After a failure the stream is closed: opening it again, and from where, is the caller's
/// matter. Failures: those of a fetch; `reset` also when the server closes the stream, with its reason.
class WebSocket {
 public:
  static std::expected<std::unique_ptr<WebSocket>, Failure> open(std::string_view url, const WebSocketOptions& options,
                                                                 std::stop_token stop = {});
  ~WebSocket();

  /// The next message; waits for it, at most for idle_time without a sign of life. Pings are answered meanwhile.
  std::expected<WebSocketMessage, Failure> read(std::stop_token stop = {});

  std::expected<void, Failure> write(std::string_view bytes, bool is_text, std::stop_token stop = {});

  /// Says goodbye; waits a second for the answer.
  void close();

 private:
  struct Stream;
  explicit WebSocket(std::unique_ptr<Stream> stream);
  std::unique_ptr<Stream> stream_;
};

}  // namespace renown::net
