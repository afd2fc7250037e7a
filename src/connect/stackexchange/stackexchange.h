/// Sites of Stack Exchange, by its API 2.3 (docs/networks/stackexchange.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::stackexchange {

/// Who answers, comments on and accepts what one user wrote on one site; votes name nobody. Rows are those of the
/// site's dump (docs/formats/stackexchange.md), but for tags and for the time of an acceptance, which the interface
/// keeps back.
///
/// source.account   network: the site's host, "stackoverflow.com"; account: the user's number
/// source.server    empty: https://api.stackexchange.com/2.3
/// source.settings  "site": the site's host, instead of source.account's network
/// errors           usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::stackexchange
