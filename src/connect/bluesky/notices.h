/// Notices: who acted on the account, as its own server tells whoever logged in there. Inside of this folder.
#pragma once

#include <cstdint>
#include <expected>
#include <stop_token>
#include <string>

#include "connect/connector.h"

namespace renown::connect::bluesky {

/// One page that is asked for.
struct NoticePage {
  std::string server;           ///< the account's personal data server, which passes the question on
  std::string service;          ///< to this AppView, "did:web:api.bsky.app#bsky_appview"; empty: to its own
  std::string did;              ///< of the account
  std::int64_t read_until = 0;  ///< what happened before is known, unix seconds; 0: nothing is
  std::string cursor;           ///< empty: the first
};

/// Adds the page's rows to the piece, all dated: likes as getLikes has them, reposts with the time that getRepostedBy
/// keeps to itself, replies, quotes and mentions, those of posts that are not looked at any more too.
///
/// returns  the cursor of the page behind; empty where there is none, or none with anything new
std::expected<std::string, Problem> read_notices(net::Transport& http, const NoticePage& page, Pull& pull,
                                                 std::stop_token stop);

}  // namespace renown::connect::bluesky
