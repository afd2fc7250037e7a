/// MessageStream: a WebSocket that is read by a thread of its own, so that whoever takes its messages waits only as
/// long as it likes, and works on them while the next ones arrive.
#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "connect/problem.h"
#include "net/websocket.h"

namespace renown::connect {

class MessageStream {
 public:
  /// Bytes of messages that nobody took yet; then the server has to wait.
  static constexpr std::size_t kMostBytes = std::size_t{16} << 20;

  static std::expected<std::unique_ptr<MessageStream>, Problem> open(const std::string& url,
                                                                     const net::WebSocketOptions& options,
                                                                     std::stop_token stop);

  /// Ends the stream, within about 0.2 s.
  ~MessageStream();

  /// All messages that came since, in order; waits for the first one, at most for `patience`, and gives none where none
  /// came. Why the stream ended is told once all that came before were given; it has to be opened anew then.
  std::expected<std::vector<net::WebSocketMessage>, Problem> take(std::chrono::milliseconds patience,
                                                                  std::stop_token stop);

 private:
  struct Shared;
  explicit MessageStream(std::unique_ptr<Shared> shared);
  std::unique_ptr<Shared> shared_;
};

}  // namespace renown::connect
