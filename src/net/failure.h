/// Failure: why a fetch gave no response. HTTP statuses are no failures: they are responses (status_class).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::net {

enum class FailureKind : std::uint8_t {
  bad_url,             ///< not a URL that Renown fetches
  bad_request,         ///< a header or method that cannot be sent
  refused_address,     ///< the host lies in a network that must not be reached from here
  dns,                 ///< the host's name has no address
  connect,             ///< nobody accepts connections there
  tls,                 ///< the connection is not secure, or the certificate is not trusted
  timeout,             ///< no or too slow an answer
  reset,               ///< the connection broke before the response was whole
  too_large,           ///< headers or body beyond the cap, or a body that unpacks absurdly
  too_many_redirects,  ///< more hops than allowed
  refused_redirect,    ///< a hop that must not be followed: from https to http, a body to another server
  malformed,           ///< what came is not HTTP
  try_later,           ///< the network's allowance is used up; `retry_at` says until when
  not_recorded,        ///< a replayed tape does not hold this request
  cancelled,           ///< the caller asked to stop
  internal,            ///< a defect of Renown
};

/// "dns", "too_large" ... as written above: for tapes, reports and metrics.
std::string_view failure_kind_name(FailureKind kind);
std::optional<FailureKind> failure_kind_named(std::string_view name);

struct Failure {
  FailureKind kind = FailureKind::internal;
  std::string message = {};  ///< one sentence; never a token, never a value of a query

  /// unix seconds; only with try_later
  std::optional<std::int64_t> retry_at = {};
};

/// For callers that need no kind.
Error to_error(const Failure& failure);

/// What a status means to a connector.
enum class StatusClass : std::uint8_t {
  ok,            ///< 2xx
  not_modified,  ///< 304
  redirected,    ///< 3xx that leads nowhere
  unauthorized,  ///< 401: log in again
  forbidden,     ///< 403
  not_found,     ///< 404
  gone,          ///< 410: deleted for good
  rate_limited,  ///< 429
  client_error,  ///< any other 4xx
  server_error,  ///< 5xx and whatever else there is
};

StatusClass status_class(int status);

}  // namespace renown::net
