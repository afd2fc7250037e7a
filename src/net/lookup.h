/// The addresses of a name, with an end to the waiting. For the sources of this folder only.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <stop_token>
#include <string>
#include <vector>

#include <sys/socket.h>

#include "net/failure.h"

namespace renown::net {

struct SocketAddress {
  sockaddr_storage bytes{};
  socklen_t size_bytes = 0;
};

/// The system's answer cannot be broken off; whoever waits can go, and the answer comes to nobody.
///
/// errors  dns, timeout, cancelled
std::expected<std::vector<SocketAddress>, Failure> look_up(const std::string& host, std::uint16_t port,
                                                           std::chrono::milliseconds most_time, std::stop_token stop);

}  // namespace renown::net
