/// What tests of streams share: a WebSocket server of Beast's own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connect/connector.h"
#include "model/interaction_block.h"
#include "net/transport.h"

namespace renown::connect::test {

/// One stream that somebody opened.
class Listener {
 public:
  class Socket;  ///< Beast's: in the source alone, for its headers take seconds to compile

  Listener(Socket& socket, std::string asked, std::string credential);

  const std::string target;         ///< "/xrpc/com.atproto.sync.subscribeRepos?cursor=7"
  const std::string authorization;  ///< the header; empty where there was none

  /// The number behind "cursor="; -1 where there is none.
  std::int64_t cursor() const;

  void send(std::string_view bytes, bool is_text = false);

  /// Answers pings until the client goes.
  void stay();

 private:
  Socket& socket_;
};

/// Does with each stream what the script says, and then closes it.
class StreamServer {
 public:
  using Script = std::function<void(Listener&)>;

  explicit StreamServer(Script script);
  ~StreamServer();
  StreamServer(const StreamServer&) = delete;
  StreamServer& operator=(const StreamServer&) = delete;

  std::string at() const;
  std::string url() const { return "http://" + at(); }

  /// What was asked for so far.
  std::vector<std::string> targets() const;

 private:
  class Streams;
  std::unique_ptr<Streams> streams_;
};

/// With what a connector reaches the server; `http` is not asked by streams.
Access access_to(const StreamServer& server, net::Transport& http, std::int64_t now);

/// Rows as ingest::shown says them.
std::vector<std::string> shown(const model::InteractionBlock& block);

}  // namespace renown::connect::test
