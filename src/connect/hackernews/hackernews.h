/// Hacker News, by its public interface (docs/networks/hackernews.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::hackernews {

/// Who commented on the latest stories and comments of one user; votes name nobody.
///
/// source.account   network "hackernews"; a user's name
/// source.server    empty: https://hacker-news.firebaseio.com
/// source.settings  "items": how many of the latest stories and comments are looked at, 1 to 500; 100
/// errors           usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::hackernews
