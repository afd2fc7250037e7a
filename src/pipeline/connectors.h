/// The connectors that there are, by name.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "connect/connector.h"
#include "connect/watch.h"

namespace renown::pipeline {

/// How a person logs in, so that the connector may read what only they see.
enum class LogInWay {
  none,
  mastodon,  ///< a server that knows no program until it registers
  github,    ///< with a client that the operator made there
  atproto,   ///< at the server that the account's own data server names
};

struct ConnectorKind {
  std::string_view name;     ///< as renown connect takes it
  std::string_view network;  ///< of its rows
  std::string_view gives;    ///< what it reads, and what it is given: one line
  std::string_view origin;   ///< "https://api.example.org": where a token goes if no server is named; empty: nowhere
  LogInWay log_in = LogInWay::none;
  std::string_view key_header = {};  ///< where a token from a file goes, as it is; empty: Authorization, as Bearer
  bool streams = false;              ///< waits for what happens: followed without a pause
  bool is_public = false;            ///< a log-in proves who one is, and shows nothing more: its token stays here
  bool signs = false;                ///< requests are signed by the instance's actor, where there is one
  std::function<Result<std::unique_ptr<connect::Connector>>(const connect::Source&, const connect::Access&)> make;
  connect::OpenWatch watch = {};  ///< tells of news while the source is followed; empty: the network does not
};

/// In the order in which they are shown.
std::span<const ConnectorKind> connectors();

/// The one of that name among `all`. errors  usage, naming those that there are
Result<const ConnectorKind*> find_connector(std::span<const ConnectorKind> all, std::string_view name);

}  // namespace renown::pipeline
