/// Parts: pages of who liked, reposted, quoted and answered a post, as rows. Inside of this folder.
#pragma once

#include <cstdint>
#include <expected>
#include <stop_token>
#include <string>

#include "connect/bluesky/place.h"
#include "connect/connector.h"

namespace renown::connect::bluesky {

/// One page that is asked for.
struct PartPage {
  std::string server;
  std::string did;             ///< whose post it is
  std::string address;         ///< of the post
  std::int64_t post_time = 0;  ///< unix seconds
  Part part = Part::likes;
  std::int64_t read_until = 0;  ///< what happened before is known, unix seconds; 0: nothing is
  std::string cursor;           ///< empty: the first
};

/// Adds the page's rows to the piece. Likes, quotes and answers are dated; reposts are not, for nobody says when they
/// happened.
///
/// returns  the cursor of the page behind; empty where there is none, or none with anything new
std::expected<std::string, Problem> read_part(net::Transport& http, const PartPage& page, Pull& pull,
                                              std::stop_token stop);

}  // namespace renown::connect::bluesky
