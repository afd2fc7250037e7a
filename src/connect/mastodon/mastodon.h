/// Mastodon, and servers that speak its interface (docs/networks/mastodon.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::mastodon {

/// Who engages with one account, read from its own server.
///
/// source.account   network "fediverse"; "https://HOST/users/NAME", "https://HOST/@NAME" or "NAME@HOST"
/// source.server    empty: https://HOST
/// source.settings  "notifications": "yes" where the requests carry the person's own token: their notifications, which
///                  have times, are read too
/// errors           usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

/// Whether settings["notifications"] is "yes".
bool reads_notifications(const Source& source);

}  // namespace renown::connect::mastodon
