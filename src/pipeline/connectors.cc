#include "pipeline/connectors.h"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "connect/activitypub/activitypub.h"
#include "connect/atproto_pds/atproto_pds.h"
#include "connect/bluesky/bluesky.h"
#include "connect/discourse/discourse.h"
#include "connect/facebook/facebook.h"
#include "connect/feed/feed.h"
#include "connect/firehose/firehose.h"
#include "connect/github/github.h"
#include "connect/hackernews/hackernews.h"
#include "connect/instagram/instagram.h"
#include "connect/jetstream/jetstream.h"
#include "connect/mastodon/mastodon.h"
#include "connect/mastodon/notification_watch.h"
#include "connect/reddit/reddit.h"
#include "connect/stackexchange/stackexchange.h"
#include "connect/wordpress/wordpress.h"
#include "connect/x/x.h"
#include "connect/youtube/youtube.h"

namespace renown::pipeline {

std::span<const ConnectorKind> connectors() {
  static const std::vector<ConnectorKind> all = {
      {.name = "bluesky",
       .network = "bluesky",
       .gives = "who engages with an account; ACCOUNT is a DID or a handle. With a log-in and --set notifications=yes "
                "also who mentions it, and when it was reposted",
       .origin = "",
       .log_in = LogInWay::atproto,
       .make = connect::bluesky::make_connector},
      {.name = "pds",
       .network = "bluesky",
       .gives = "what the accounts of a server of AT Protocol do; --server, ACCOUNT for one of them by its DID",
       .origin = "",
       .log_in = LogInWay::atproto,
       .is_public = true,
       .make = connect::atproto_pds::make_connector},
      {.name = "firehose",
       .network = "bluesky",
       .gives = "what everybody of AT Protocol does, as it happens; --server a PDS or relay",
       .origin = "",
       .streams = true,
       .make = connect::firehose::make_connector},
      {.name = "jetstream",
       .network = "bluesky",
       .gives = "the same as JSON; ACCOUNT for one account by its DID, --set collections=...",
       .origin = "",
       .streams = true,
       .make = connect::jetstream::make_connector},
      {.name = "mastodon",
       .network = "fediverse",
       .gives = "who engages with an account; NAME@HOST. With a token and --set notifications=yes also when",
       .origin = "",
       .log_in = LogInWay::mastodon,
       .make = connect::mastodon::make_connector,
       .watch = connect::mastodon::open_watch},
      {.name = "activitypub",
       .network = "fediverse",
       .gives = "what an actor of another server does, and who engages; its address, or NAME@HOST",
       .origin = "",
       .signs = true,
       .make = connect::activitypub::make_connector},
      {.name = "github",
       .network = "github",
       .gives = "who engages with a login; with a token it may ask 5,000 times an hour instead of 60 times",
       .origin = "https://api.github.com",
       .log_in = LogInWay::github,
       .make = connect::github::make_connector},
      {.name = "wordpress",
       .network = "web",
       .gives = "who comments on a blog of WordPress; its address without https://",
       .origin = "",
       .make = connect::wordpress::make_connector},
      {.name = "feed",
       .network = "web",
       .gives = "posts and comments of a site; its address, --set feed=https://... --set comments=https://...",
       .origin = "",
       .make = connect::feed::make_connector},
      {.name = "youtube",
       .network = "youtube",
       .gives = "who comments under a channel's videos; its id, with an API key as token; --set max_units=5000 of "
                "quota a day",
       .origin = "https://www.googleapis.com",
       .key_header = "X-Goog-Api-Key",
       .make = connect::youtube::make_connector},
      {.name = "x",
       .network = "twitter",
       .gives = "who engages with one's own account; its number, with its token; costs money: --set max_cost=2.50",
       .origin = "https://api.x.com",
       .make = connect::x::make_connector},
      {.name = "facebook",
       .network = "facebook",
       .gives = "who comments on, reacts to and tags a page that one administers; its number, with the page's token",
       .origin = "https://graph.facebook.com",
       .make = connect::facebook::make_connector},
      {.name = "instagram",
       .network = "instagram",
       .gives = "who comments on one's own professional account; its name, with its token",
       .origin = "https://graph.instagram.com",
       .make = connect::instagram::make_connector},
      {.name = "stackexchange",
       .network = "stackexchange",
       .gives = "who answers, comments on and accepts a user's posts; their number, --set site=stackoverflow.com",
       .origin = "https://api.stackexchange.com",
       .make = connect::stackexchange::make_connector},
      {.name = "hackernews",
       .network = "hackernews",
       .gives = "who comments on a user's latest stories and comments; their name",
       .origin = "",
       .make = connect::hackernews::make_connector},
      {.name = "discourse",
       .network = "discourse",
       .gives =
           "who likes, answers and mentions one on a forum; one's name, --server, with one's User-Api-Key as token",
       .origin = "",
       .key_header = "User-Api-Key",
       .make = connect::discourse::make_connector},
      {.name = "reddit",
       .network = "reddit",
       .gives = "who comments under what one submitted; one's name, with a token",
       .origin = "https://oauth.reddit.com",
       .make = connect::reddit::make_connector},
  };
  return all;
}

Result<const ConnectorKind*> find_connector(std::span<const ConnectorKind> all, std::string_view name) {
  std::vector<std::string_view> names;
  for (const ConnectorKind& each : all) {
    if (each.name == name) return &each;
    names.push_back(each.name);
  }
  return Error{ErrorCode::usage, fmt::format("there is no connector '{}': there are {}", name, fmt::join(names, ", "))};
}

}  // namespace renown::pipeline
