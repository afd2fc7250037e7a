/// Request and Response: what goes out and what comes back.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "net/failure.h"
#include "net/headers.h"

namespace renown::net {

/// Whether a request header says who asks (Authorization, Cookie, API keys): sent to no other server, put on no tape.
bool is_credential_header(std::string_view name);

/// Why headers cannot be sent: a line break in one would be a second header, or a second request.
std::optional<Failure> unsendable_headers(const Headers& headers);

struct Request {
  std::string method = "GET";
  std::string url;
  Headers headers = {};
  std::string body = {};

  /// The most bytes of the response's body, unpacked; the fetcher's own cap where empty.
  std::optional<std::size_t> max_body_bytes = {};
};

struct Response {
  int status = 0;
  Headers headers = {};
  std::string body = {};    ///< unpacked
  std::string url = {};     ///< where it came from in the end
  bool from_cache = false;  ///< the server said that the stored body still holds
  int redirects = 0;        ///< followed on the way
};

/// A response, whatever its status, or why there is none.
using Fetched = std::expected<Response, Failure>;

}  // namespace renown::net
