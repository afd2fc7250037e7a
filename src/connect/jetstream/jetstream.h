/// Jetstream: the same events as the firehose has, as JSON and only those asked for (docs/networks/bluesky.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::jetstream {

/// source  server  "https://jetstream1.us-east.bsky.network" (the default)
///         account.account  empty for everybody, or the DID of the one account whose acts are read
///         settings["collections"]  separated by blanks; those that are read where there is none
///         settings["start"]  "now" (the default) or "oldest", where the first reading begins
/// errors  usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::jetstream
