/// Bluesky: the engagement that one account gets, as an AppView shows it to anybody (docs/networks/bluesky.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::bluesky {

/// source  account.account  a DID or a handle: "did:plc:...", "ann.example"
///         server  an AppView; "https://public.api.bsky.app" where empty
/// errors  usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::bluesky
