/// The firehose: everything that the repositories of a server, or of the whole network, do, as it happens
/// (docs/networks/bluesky.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::firehose {

/// source  server  a PDS or relay, "https://bsky.network" (the default)
///         account.account  must be empty: the stream is everybody's
///         settings["start"]  "now" (the default) or "oldest", where the first reading begins
/// errors  usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::firehose
