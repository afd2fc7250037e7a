/// StreamConnector: a source whose server sends events over a WebSocket, from a numbered place on. What its network's
/// messages mean, the network's folder says.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "connect/connector.h"
#include "connect/message_stream.h"

namespace renown::connect {

/// The cursor is the place of the last event as a decimal number. A reading ends where the server has nothing more to
/// send for a while, or with the first event from after the reading began: a busy stream has no other end.
class StreamConnector : public Connector {
 public:
  /// A piece ends with the message that gives it this many rows, or records.
  static constexpr std::size_t kRows = 8'000;

  /// How long a piece waits for its first message, and then for more.
  static constexpr std::chrono::milliseconds kPatience{2'000};
  static constexpr std::chrono::milliseconds kPause{500};

  explicit StreamConnector(const Access& access) : access_(access) {}

  std::expected<Pull, Problem> pull(std::string_view cursor, std::stop_token stop) final;

 protected:
  /// The address that opens the stream behind an event; nothing where there was none yet.
  virtual std::string url(std::optional<std::int64_t> place) const = 0;

  /// What one message said of its place, and whether the stream ends with it.
  struct Taken {
    std::optional<std::int64_t> place = {};  ///< nothing where it has none, or it cannot be read
    std::int64_t time = 0;                   ///< unix seconds; 0 where not known
    std::optional<Problem> ends = {};
  };

  /// Adds what the message holds to the piece.
  /// place  of the event before
  virtual Taken take(const net::WebSocketMessage& message, std::optional<std::int64_t> place, Pull& pull) = 0;

  const Access& access() const { return access_; }

 private:
  std::expected<void, Problem> open(std::optional<std::int64_t> place, std::stop_token stop);
  std::optional<Problem> fill(Pull& pull, std::stop_token stop);

  Access access_;
  std::unique_ptr<MessageStream> stream_;
  std::vector<net::WebSocketMessage> messages_;  ///< that came and were not taken yet, from next_ on
  std::size_t next_ = 0;
  std::optional<std::int64_t> place_;  ///< of the last event that was taken
  std::int64_t reached_ = 0;           ///< its time
};

/// The address of a stream's server: of "https://example.org" that with wss.
/// own     the network's, where the source names none
/// errors  usage, for what is no address of a server
Result<std::string> stream_server(const Source& source, std::string_view own);

/// settings["start"]: whether the first reading begins with the oldest event that the server still has, and not with
/// those to come. errors  usage
Result<bool> starts_with_oldest(const Source& source);

}  // namespace renown::connect
