/// Reddit, by its API (docs/networks/reddit.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::reddit {

/// Who comments under what one account submitted, and answers its comments there; votes name nobody. Requests carry the
/// person's token.
///
/// source.account  network "reddit"; a user's name
/// source.server   empty: https://oauth.reddit.com
/// errors          usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::reddit
