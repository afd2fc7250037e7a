/// What a redirect makes of a request. For the sources of this folder only.
#pragma once

#include <expected>

#include "net/message.h"
#include "net/url.h"

namespace renown::net {

/// One hop: where to, and what is sent there.
struct Hop {
  Url url;
  Request request;  ///< its `url` is not used
};

/// Whether a response leads on: 301, 302, 303, 307, 308 with a Location.
bool is_redirect(const Response& response);

/// The hop after `hop`. 303, and 301 and 302 after a POST, become a GET without body, as browsers do.
/// errors  refused_redirect; bad_url where Location is none that Renown fetches
std::expected<Hop, Failure> next_hop(const Hop& hop, const Response& response);

}  // namespace renown::net
