/// A page on Facebook, by Meta's Graph API, with the page's own token (docs/networks/facebook.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::facebook {

/// Who comments on, reacts to and tags one page that its owner administers. A profile of a person has no interface.
///
/// source.account  network "facebook"; the page's number
/// source.server   empty: https://graph.facebook.com
/// errors          usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::facebook
