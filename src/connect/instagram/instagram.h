/// A professional account on Instagram, by Meta's Graph API, with its own token (docs/networks/instagram.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::instagram {

/// Who comments on one account's posts. Likes are a number without names; private accounts have no interface.
///
/// source.account  network "instagram"; the account's name: the token must be its own
/// source.server   empty: https://graph.instagram.com
/// errors          usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::instagram
