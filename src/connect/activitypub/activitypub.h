/// ActivityPub: actors of the Fediverse whose servers have no interface of Mastodon's (docs/networks/activitypub.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::activitypub {

/// What one actor did, out of its outbox, and who engaged with its posts, where its server lists them. Let the requests
/// be signed (http_signature.h): many servers show nothing otherwise.
///
/// source.account  network "fediverse"; the actor's address, or "NAME@HOST"
/// source.server   where to ask for NAME@HOST; empty: https://HOST
/// errors          usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::activitypub
