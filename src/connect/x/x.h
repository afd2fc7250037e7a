/// X, by its API v2 (docs/networks/x.md). Reading costs money: nothing is asked that a budget does not cover.
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::x {

/// Who engages with one account, read with that account's own token: who liked and reposted its latest posts (without
/// times), quotes, replies of the last seven days, mentions. Rows are those of the archive of X
/// (docs/formats/archives.md).
///
/// source.account   network "twitter"; the account's number
/// source.server    empty: https://api.x.com
/// source.settings  "max_cost": dollars that may be spent in 30 days, "2.50"; without it nothing is asked
///                  "post_price", "user_price": dollars for each post and each user that comes; 0.005 and 0.01
///                  "posts": how many of the latest posts are looked at, 5 to 100; 100
/// errors           usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::x
