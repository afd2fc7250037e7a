/// Bluesky: the engagement that one account gets, as an AppView shows it to anybody (docs/networks/bluesky.md).
#pragma once

#include <memory>
#include <string_view>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::bluesky {

/// The AppView that is asked where the source names none, and as whom it is reached through a data server.
inline constexpr std::string_view kAppView = "https://public.api.bsky.app";
inline constexpr std::string_view kAppViewService = "did:web:api.bsky.app#bsky_appview";

/// source  account.account  a DID or a handle: "did:plc:...", "ann.example"
///         server  an AppView; "https://public.api.bsky.app" where empty
///         settings  "notifications": "yes" where the account logged in (Access::token_server): its own are read, too
/// errors  usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::bluesky
