/// Forums that run Discourse (docs/networks/discourse.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::discourse {

/// Who liked, answered, mentioned and quoted one user of a forum, from that user's own activity: the requests carry
/// their User-Api-Key. Private messages are not asked for.
///
/// source.account  network: the forum's host, "meta.discourse.org", or "discourse": then it is the server's host;
///                 account: the user's name
/// source.server   empty: https://HOST
/// errors          usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::discourse
