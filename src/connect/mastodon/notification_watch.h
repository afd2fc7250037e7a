/// The stream of an account's notifications, `user:notification` of Mastodon's streaming interface, as a watch.
#pragma once

#include <expected>
#include <memory>
#include <stop_token>

#include "connect/watch.h"

namespace renown::connect::mastodon {

/// A WebSocket to where the server says that it streams, which must be itself or a part of it (streaming.HOST): the
/// token goes with it, and to nobody else.
///
/// returns  nullptr where notifications are not read (make_connector), or there is no token
/// errors   unauthorized: the token is not taken; refused: it streams elsewhere; as of a request
std::expected<std::unique_ptr<Watch>, Problem> open_watch(const Source& source, const Access& access,
                                                          std::stop_token stop);

}  // namespace renown::connect::mastodon
