/// Repositories of AT Protocol, as the server that holds them lists their records: for a server without an AppView
/// (docs/networks/bluesky.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::atproto_pds {

/// source  server  a personal data server: "https://pds.example"; there is no default
///         account.account  empty for all its accounts, or the DID of the one whose acts are read
/// errors  usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::atproto_pds
