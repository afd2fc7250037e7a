/// Feeds: RSS and Atom of any site, with the feed of its comments (docs/networks/feed.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::feed {

/// The posts of a site, and who comments on it where its feed of comments tells. Let the requests go through an
/// HttpCache: feeds are asked for again and again, and most of the time nothing changed.
///
/// source.account   network "web", the site's account: "blog.example"
/// source.settings  "feed": the address of its feed; "comments": of the feed of its comments. One at least
/// errors           usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::feed
