/// What an error code of Asio or Beast means to a WebSocket. For the sources of this folder only.
#pragma once

#include <boost/system/error_code.hpp>

#include "net/failure.h"
#include "net/url.h"

namespace renown::net {

/// otherwise  what it is where the code does not say: connect, tls or reset
Failure websocket_failure(const boost::system::error_code& error, const Url& url, FailureKind otherwise);

}  // namespace renown::net
